package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.WebhookRequest;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.UserId;
import io.continuo.common.model.Webhook;
import io.continuo.common.model.WebhookStatus;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How webhooks are made, verified, switched and deleted. */
class WebhookIT extends WebhookScene {
    @Test
    void aReceiverThatEchoesTheChallengeBecomesActive() throws Exception {
        Webhook registered = register("1.0", ALL_EVENTS);
        assertThat(registered.status()).isEqualTo(WebhookStatus.UNVERIFIED);
        assertThat(registered.secret()).isEmpty();
        Webhook active = awaitStatus(registered, WebhookStatus.ACTIVE);
        assertThat(active.statusReason()).isEmpty();
        assertThat(active.config()).containsEntry("deep", Map.of("k", "v"));
    }

    @Test
    void aReceiverThatDoesNotEchoIsInactiveUntilItDoes() throws Exception {
        receiver.echo("hello");
        Webhook webhook = register("2.0", ALL_EVENTS);
        assertThat(awaitStatus(webhook, WebhookStatus.INACTIVE).statusReason()).contains("echo");
        service.conversation("ines", "omar");
        receiver.echo("");
        switchTo(webhook, true);
        awaitStatus(webhook, WebhookStatus.ACTIVE);
        service.say("ines", service.conversation("ines", "zoe"), "hi");
        await().atMost(LIMIT).until(() -> receiver.calls().size() == 2);
        assertThat(receiver.calls())
                .extracting(Receiver.Call::type)
                .containsExactly("conversation.created", "message.sent");
    }

    @Test
    void aReceiverThatIsNotThereIsInactive() throws Exception {
        receiver.close();
        Webhook webhook = register("1.0", ALL_EVENTS);
        assertThat(awaitStatus(webhook, WebhookStatus.INACTIVE).statusReason()).contains("cannot be reached");
    }

    @Test
    void aTargetThatIsNotPublicIsNeverCalled() throws Exception {
        Service strict = new Service(1, Map.of("CONTINUO_WEBHOOK_ALLOW_HTTP", "true"));
        Reply reply = strict.ask(new WebhookRequest.RegisterWebhook(
                UserId.backend(""), LayerId.newUuid(), APP, "1.0", receiver.url(), ALL_EVENTS, "s", Map.of()));
        MessagingRequest get = new WebhookRequest.GetWebhook(
                UserId.backend(""), ((Reply.WebhookFound) reply).webhook().id());
        await().atMost(LIMIT)
                .until(() -> ((Reply.WebhookFound) strict.ask(get)).webhook().status() == WebhookStatus.INACTIVE);
        assertThat(((Reply.WebhookFound) strict.ask(get)).webhook().statusReason())
                .contains("not public");
        strict.close();
    }

    @Test
    void oneAppsWebhooksAreNoOthersBusiness() throws Exception {
        Webhook ours = register("1.0", ALL_EVENTS);
        awaitStatus(ours, WebhookStatus.ACTIVE);
        String other = UserId.backend("shop");
        assertThat(code(new WebhookRequest.GetWebhook(other, ours.id()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(new WebhookRequest.DeleteWebhook(other, ours.id()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(new WebhookRequest.SwitchWebhook(other, ours.id(), false)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(((Reply.Webhooks) service.ask(new WebhookRequest.ListWebhooks(other))).webhooks())
                .isEmpty();
        assertThat(code(new WebhookRequest.ListWebhooks("ines"))).isEqualTo(ErrorCode.ACCESS_DENIED);

        Receiver shop = new Receiver(service.vertx);
        awaitStatus(register(shop.url(), "1.0", ALL_EVENTS, "shop"), WebhookStatus.ACTIVE, "shop");
        String theirs = service.conversation(UserId.of("shop", "ines"), UserId.of("shop", "omar"));
        service.say(UserId.of("shop", "ines"), theirs, "in the shop");
        service.say("ines", service.conversation("ines", "omar"), "at home");
        await().atMost(LIMIT)
                .until(() -> shop.calls().size() == 2 && receiver.calls().size() == 2);
        assertThat(shop.calls().get(1).said()).isEqualTo("in the shop");
        assertThat(shop.calls().get(0).json().getJsonObject("conversation").getJsonArray("participants"))
                .containsExactlyInAnyOrder("ines", "omar");
        assertThat(shop.calls().get(1).event().getJsonObject("actor")).isEqualTo(JsonObject.of("user_id", "ines"));
        assertThat(receiver.calls().get(1).said()).isEqualTo("at home");
    }

    @Test
    void aWebhookThatIsDeletedOrOffIsToldNothing() throws Exception {
        Webhook off = active("1.0", ALL_EVENTS);
        Webhook gone = active("1.0", ALL_EVENTS);
        switchTo(off, false);
        assertThat(get(off, "").status()).isEqualTo(WebhookStatus.INACTIVE);
        assertThat(service.ask(new WebhookRequest.DeleteWebhook(UserId.backend(""), gone.id())))
                .isInstanceOf(Reply.Done.class);
        Receiver third = new Receiver(service.vertx);
        awaitStatus(register(third.url(), "1.0", ALL_EVENTS, ""), WebhookStatus.ACTIVE);
        service.conversation("ines", "omar");
        await().atMost(LIMIT).until(() -> third.calls().size() == 1);
        assertThat(receiver.calls()).isEmpty();
        assertThat(((Reply.Webhooks) service.ask(new WebhookRequest.ListWebhooks(UserId.backend("")))).webhooks())
                .hasSize(2)
                .first()
                .extracting(Webhook::id)
                .isEqualTo(off.id());
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        String backend = UserId.backend("");
        assertThat(property(backend, "4.0", receiver.url(), List.of("message.sent"), "s"))
                .isEqualTo("version");
        assertThat(property(backend, "1.0", "ftp://x.test", List.of("message.sent"), "s"))
                .isEqualTo("target_url");
        assertThat(property(backend, "1.0", receiver.url(), List.of(), "s")).isEqualTo("events");
        assertThat(property(backend, "1.0", receiver.url(), List.of("Message.created"), "s"))
                .isEqualTo("events");
        assertThat(property(backend, "3.0", receiver.url(), List.of("message.sent"), "s"))
                .isEqualTo("events");
        assertThat(property(backend, "1.0", receiver.url(), List.of("message.sent"), ""))
                .isEqualTo("secret");
    }

    private String property(String user, String version, String url, List<String> events, String secret)
            throws Exception {
        Reply reply = service.ask(new WebhookRequest.RegisterWebhook(
                user, LayerId.newUuid(), APP, version, url, events, secret, Map.of()));
        assertThat(((Reply.Failure) reply).code()).isEqualTo(ErrorCode.INVALID_PROPERTY);
        return String.valueOf(((Reply.Failure) reply).property());
    }

    private ErrorCode code(MessagingRequest request) throws Exception {
        return ((Reply.Failure) service.ask(request)).code();
    }
}
