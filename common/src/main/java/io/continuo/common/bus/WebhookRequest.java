package io.continuo.common.bus;

import java.util.List;
import java.util.Map;

/** What is asked about webhooks (protocol/layer.md §14.2); only an app's backend is answered. */
public sealed interface WebhookRequest extends MessagingRequest {

    String user();

    /**
     * Answered by {@link Reply.WebhookFound}, not yet verified: that follows.
     *
     * @param webhookId fresh
     * @param appId the app's bare UUID
     * @param version 1.0, 2.0 or 3.0
     * @param events their names in that version
     * @param config what comes back with each delivery
     */
    record RegisterWebhook(
            String user,
            String webhookId,
            String appId,
            String version,
            String targetUrl,
            List<String> events,
            String secret,
            Map<String, Object> config)
            implements WebhookRequest {
        public RegisterWebhook {
            events = List.copyOf(events);
            config = Map.copyOf(config);
        }
    }

    /** Answered by {@link Reply.WebhookFound}. */
    record GetWebhook(String user, String webhookId) implements WebhookRequest {}

    /** Answered by {@link Reply.Webhooks}: all of the app, oldest first. */
    record ListWebhooks(String user) implements WebhookRequest {}

    /**
     * Switches a webhook on, by asking its receiver to verify itself once more, or off; answered by
     * {@link Reply.WebhookFound}.
     */
    record SwitchWebhook(String user, String webhookId, boolean active) implements WebhookRequest {}

    /** Answered by {@link Reply.Done}. */
    record DeleteWebhook(String user, String webhookId) implements WebhookRequest {}
}
