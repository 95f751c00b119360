package io.continuo.gateway.dialect;

import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.WebhookRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the registration of a webhook (protocol/layer.md §14.2). */
public final class WebhookReader {
    private WebhookReader() {}

    /**
     * @param user the app's backend
     * @param appId as the wire has it
     * @throws BadRequest when a property is missing or of the wrong kind
     */
    public static MessagingRequest read(String user, String webhookId, String appId, JsonObject body) {
        return new WebhookRequest.RegisterWebhook(
                user,
                webhookId,
                appId,
                text(body, "version"),
                text(body, "target_url"),
                events(required(body, "events")),
                text(body, "secret"),
                config(body.getValue("config")));
    }

    private static String text(JsonObject body, String property) {
        if (required(body, property) instanceof String text) {
            return text;
        }
        throw BadRequest.invalid(property, property + " must be a string.");
    }

    private static List<String> events(Object given) {
        if (given instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String::valueOf).toList();
        }
        throw BadRequest.invalid("events", "events must be a list of names.");
    }

    private static Map<String, Object> config(@Nullable Object given) {
        try {
            return Objects.requireNonNullElse(MetadataReader.read(given), Map.of());
        } catch (BadRequest asMetadata) {
            throw BadRequest.invalid("config", "config may only hold strings, and objects that hold strings.");
        }
    }

    private static Object required(JsonObject body, String property) {
        Object given = body.getValue(property);
        if (given == null) {
            throw BadRequest.missing(property);
        }
        return given;
    }
}
