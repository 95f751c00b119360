package io.continuo.gateway.socket.request;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads packets (protocol/layer.md §5.1, §7.1). */
public final class PacketReader {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private PacketReader() {}

    public static Incoming read(String text, boolean binary) {
        if (!(parse(text) instanceof JsonObject packet)) {
            return malformed("A packet is a JSON object.", binary);
        }
        if (!(packet.getValue("body") instanceof JsonObject body)) {
            return malformed("body must be an object.", binary);
        }
        Object id = body.getValue("request_id");
        if (id != null
                && !(id instanceof String given && REQUEST_ID.matcher(given).matches())) {
            return new Incoming.Malformed(
                    Reply.Failure.ofProperty(
                            ErrorCode.INVALID_PROPERTY,
                            "request_id",
                            "request_id is 1 to 64 letters, digits, dots, hyphens and underscores."),
                    binary);
        }
        String requestId = (String) id;
        Object type = packet.getValue("type");
        if ("request".equals(type)) {
            return request(body, requestId, binary);
        }
        return "signal".equals(type)
                ? signal(body, requestId, binary)
                : malformed("type must be request or signal.", binary);
    }

    private static Incoming request(JsonObject body, @Nullable String id, boolean binary) {
        return body.getValue("method") instanceof String method
                ? new Incoming.Request(method, id, body.getValue("object_id"), body.getValue("data"), binary)
                : malformed("method must be a string.", binary);
    }

    private static Incoming signal(JsonObject body, @Nullable String id, boolean binary) {
        return body.getValue("type") instanceof String type
                ? new Incoming.Signal(type, id, within(body, "object", "id"), within(body, "data", "action"), binary)
                : malformed("type of a signal must be a string.", binary);
    }

    private static @Nullable Object within(JsonObject body, String object, String property) {
        return body.getValue(object) instanceof JsonObject found ? found.getValue(property) : null;
    }

    private static @Nullable Object parse(String text) {
        try {
            return Json.decodeValue(text);
        } catch (DecodeException malformed) {
            return null;
        }
    }

    private static Incoming malformed(String message, boolean binary) {
        return new Incoming.Malformed(Reply.Failure.of(ErrorCode.INVALID_REQUEST, message), binary);
    }
}
