package io.continuo.common.model;

import java.util.List;
import java.util.Map;

/**
 * Where an app's backend wants to hear of events (protocol/layer.md §14.2).
 *
 * @param id bare UUID
 * @param app tag of the app that it belongs to, see {@link UserId}
 * @param appId the app's bare UUID, as the wire has it
 * @param targetUrl http or https
 * @param events names in its version; not empty
 * @param secret signs deliveries; empty in an answer, which does not tell it
 * @param config what the backend wants to find in each delivery
 * @param createdAt milliseconds since the epoch
 * @param statusReason why it is not active; empty when there is nothing to say
 */
public record Webhook(
        String id,
        String app,
        String appId,
        WebhookVersion version,
        String targetUrl,
        List<String> events,
        String secret,
        Map<String, Object> config,
        long createdAt,
        WebhookStatus status,
        String statusReason) {

    public Webhook {
        events = List.copyOf(events);
        config = Map.copyOf(config);
    }

    public boolean takesEvents() {
        return status == WebhookStatus.ACTIVE;
    }

    /** The same, in another state. */
    public Webhook with(WebhookStatus newStatus, String reason) {
        return new Webhook(id, app, appId, version, targetUrl, events, secret, config, createdAt, newStatus, reason);
    }

    /** The same, fit to be shown. */
    public Webhook withoutSecret() {
        return new Webhook(id, app, appId, version, targetUrl, events, "", config, createdAt, status, statusReason);
    }
}
