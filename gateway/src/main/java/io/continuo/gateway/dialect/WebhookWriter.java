package io.continuo.gateway.dialect;

import io.continuo.common.model.LayerId;
import io.continuo.common.model.Webhook;

/** Writes webhooks, in all versions alike, and never their secrets (protocol/layer.md §14.2). */
final class WebhookWriter {
    private final Links links;

    WebhookWriter(Links links) {
        this.links = links;
    }

    void write(JsonText json, Webhook webhook) {
        json.open();
        ObjectWriter.reference(json, LayerId.webhook(webhook.appId(), webhook.id()), links.webhook(webhook.id()));
        json.field("version", webhook.version().wire())
                .field("target_url", webhook.targetUrl())
                .key("events")
                .openArray();
        webhook.events().forEach(json::value);
        json.closeArray()
                .field("status", webhook.status().wire())
                .field("status_reason", webhook.statusReason().isEmpty() ? null : webhook.statusReason())
                .time("created_at", webhook.createdAt())
                .key("config")
                .tree(webhook.config())
                .close();
    }
}
