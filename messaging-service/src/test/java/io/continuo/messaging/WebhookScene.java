package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.WebhookRequest;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.UserId;
import io.continuo.common.model.Webhook;
import io.continuo.common.model.WebhookStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A messaging service, and a receiver of webhooks on a real port. */
abstract class WebhookScene {
    static final Duration LIMIT = Duration.ofSeconds(30);
    static final String APP = "11111111-2222-3333-4444-555555555555";
    static final List<String> ALL_EVENTS = List.of(
            "message.sent",
            "message.delivered",
            "message.read",
            "message.deleted",
            "conversation.created",
            "conversation.updated.participants",
            "conversation.updated.metadata",
            "conversation.deleted");
    Service service;
    Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        start(60);
    }

    /** @param patience seconds after which a webhook becomes inactive */
    final void start(int patience) throws Exception {
        service = new Service(
                1,
                Map.of(
                        "CONTINUO_WEBHOOK_ALLOW_HTTP", "true",
                        "CONTINUO_WEBHOOK_ALLOW_PRIVATE", "true",
                        "CONTINUO_WEBHOOK_RETRY_SECONDS", "" + patience,
                        "CONTINUO_WEBHOOK_TIMEOUT_MS", "2000",
                        "CONTINUO_WEBHOOK_MAX_PENDING", "100",
                        "CONTINUO_WEBHOOK_CONCURRENCY", "4",
                        "CONTINUO_PARTITIONS", "4",
                        "CONTINUO_PUBLIC_URL", "https://chat.example.com"));
        receiver = new Receiver(service.vertx);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
    }

    Webhook active(String version, List<String> events) throws Exception {
        return awaitStatus(register(version, events), WebhookStatus.ACTIVE);
    }

    Webhook register(String version, List<String> events) throws Exception {
        return register(receiver.url(), version, events, "");
    }

    Webhook register(String url, String version, List<String> events, String app) throws Exception {
        Reply reply = service.ask(new WebhookRequest.RegisterWebhook(
                UserId.backend(app),
                LayerId.newUuid(),
                APP,
                version,
                url,
                events,
                "a secret",
                Map.of("key", "value", "deep", Map.of("k", "v"))));
        return ((Reply.WebhookFound) reply).webhook();
    }

    void switchTo(Webhook webhook, boolean active) throws Exception {
        service.ask(new WebhookRequest.SwitchWebhook(UserId.backend(""), webhook.id(), active));
    }

    Webhook get(Webhook webhook, String app) throws Exception {
        return ((Reply.WebhookFound) service.ask(new WebhookRequest.GetWebhook(UserId.backend(app), webhook.id())))
                .webhook();
    }

    Webhook awaitStatus(Webhook webhook, WebhookStatus status) throws Exception {
        return awaitStatus(webhook, status, "");
    }

    Webhook awaitStatus(Webhook webhook, WebhookStatus status, String app) throws Exception {
        await().atMost(LIMIT).until(() -> get(webhook, app).status() == status);
        return get(webhook, app);
    }

    List<Receiver.Call> awaitCalls(int number) {
        await().atMost(LIMIT).until(() -> receiver.calls().size() >= number);
        assertThat(receiver.calls()).hasSize(number);
        return receiver.calls();
    }
}
