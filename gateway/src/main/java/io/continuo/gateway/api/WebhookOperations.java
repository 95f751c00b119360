package io.continuo.gateway.api;

import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.WebhookRequest;
import io.continuo.common.model.LayerId;
import io.continuo.gateway.dialect.WebhookReader;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/**
 * The table of what an app's backend does with its webhooks by REST (protocol/layer.md §14.2); paths start at
 * {@code /apps/:app}.
 */
public final class WebhookOperations {
    private static final String ALL = "/webhooks";
    private static final String ONE = "/webhooks/:id";

    private static final List<Operation> ROWS = List.of(
            Operation.create("Webhook.create", ALL, "", WebhookOperations::register),
            Operation.read("Webhook.list", ALL, "", input -> new WebhookRequest.ListWebhooks(input.user())),
            Operation.read("Webhook.get", ONE, "", input -> new WebhookRequest.GetWebhook(input.user(), id(input))),
            Operation.change("Webhook.activate", HttpMethod.POST, ONE + "/activate", "", input -> on(input, true))
                    .answering(200),
            Operation.change("Webhook.deactivate", HttpMethod.POST, ONE + "/deactivate", "", input -> on(input, false))
                    .answering(200),
            Operation.change(
                    "Webhook.delete",
                    HttpMethod.DELETE,
                    ONE,
                    "",
                    input -> new WebhookRequest.DeleteWebhook(input.user(), id(input))));

    private WebhookOperations() {}

    public static List<Operation> all() {
        return ROWS;
    }

    private static MessagingRequest register(Input input) {
        return WebhookReader.read(input.user(), LayerId.newUuid(), input.name("app"), input.object());
    }

    private static MessagingRequest on(Input input, boolean active) {
        return new WebhookRequest.SwitchWebhook(input.user(), id(input), active);
    }

    private static String id(Input input) {
        return input.id("webhooks");
    }
}
