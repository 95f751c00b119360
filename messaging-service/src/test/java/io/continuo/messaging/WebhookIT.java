package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import io.continuo.common.model.Webhook;
import io.continuo.common.model.WebhookStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks, with a receiver on a real port. */
class WebhookIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final List<String> ALL_EVENTS = List.of(
            "message.sent",
            "message.delivered",
            "message.read",
            "message.deleted",
            "conversation.created",
            "conversation.updated.participants",
            "conversation.updated.metadata",
            "conversation.deleted");
    private static final List<String> ALL_EVENTS_3 = List.of(
            "Message.created",
            "Message.updated",
            "Message.deleted",
            "Conversation.created",
            "Conversation.updated",
            "Conversation.deleted");

    private Service service;
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        start(60);
    }

    /** @param patience seconds after which a webhook becomes inactive */
    private void start(int patience) throws Exception {
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
    void everyEventIsToldInVersion1() throws Exception {
        active("1.0", ALL_EVENTS);
        Message message = live();
        List<Receiver.Call> calls = awaitCalls(8);
        assertThat(calls)
                .extracting(Receiver.Call::type)
                .containsExactly(
                        "conversation.created",
                        "message.sent",
                        "message.delivered",
                        "message.read",
                        "conversation.updated.participants",
                        "conversation.updated.metadata",
                        "message.deleted",
                        "conversation.deleted");
        String conversation = message.conversationId();
        String url = "https://chat.example.com/apps/" + APP + "/conversations/" + conversation;
        JsonObject created = calls.get(0).json().getJsonObject("conversation");
        assertThat(created.getString("id")).isEqualTo(LayerId.conversation(conversation));
        assertThat(created.getString("url")).isEqualTo(url);
        assertThat(created.getJsonArray("participants")).containsExactlyInAnyOrder("ines", "omar");
        assertThat(created.fieldNames()).doesNotContain("unread_message_count", "last_message");
        assertThat(calls.get(0).event().getJsonObject("actor")).isEqualTo(JsonObject.of("user_id", "ines"));
        assertThat(calls.get(0).json().getJsonObject("config"))
                .isEqualTo(JsonObject.of("key", "value", "deep", JsonObject.of("k", "v")));

        JsonObject sent = calls.get(1).json().getJsonObject("message");
        assertThat(sent.getString("id")).isEqualTo(LayerId.message(message.id()));
        assertThat(sent.getString("url")).isEqualTo(url + "/messages/" + message.id());
        assertThat(sent.getJsonObject("sender").getString("user_id")).isEqualTo("ines");
        assertThat(sent.getJsonArray("parts").getJsonObject(0).getString("body"))
                .isEqualTo("hi");
        assertThat(sent.getJsonObject("recipient_status")).isEqualTo(JsonObject.of("ines", "read", "omar", "sent"));
        assertThat(sent.fieldNames()).doesNotContain("is_unread", "received_at");

        assertThat(calls.get(2)
                        .json()
                        .getJsonObject("message")
                        .getJsonObject("recipient_status")
                        .getString("omar"))
                .isIn("delivered", "read");
        assertThat(calls.get(3).event().getJsonObject("actor")).isEqualTo(JsonObject.of("user_id", "omar"));
        assertThat(calls.get(4).json().getJsonObject("conversation").getJsonArray("participants"))
                .contains("zoe");
        assertThat(calls.get(4).json().getJsonArray("changes"))
                .isEqualTo(JsonArray.of(JsonObject.of("operation", "add", "property", "participants", "value", "zoe")));
        assertThat(calls.get(5).json().getJsonObject("conversation").getJsonObject("metadata"))
                .isEqualTo(JsonObject.of("topic", "tea"));
        assertThat(calls.get(6).json().getJsonObject("message").getString("id"))
                .isEqualTo(LayerId.message(message.id()));
        assertThat(calls.get(7).json().getJsonObject("conversation").getString("id"))
                .isEqualTo(LayerId.conversation(conversation));
    }

    @Test
    void version2NamesIdentities() throws Exception {
        active("2.0", ALL_EVENTS);
        live();
        List<Receiver.Call> calls = awaitCalls(8);
        JsonObject sent = calls.get(1).json().getJsonObject("message");
        assertThat(sent.getJsonObject("sender").getString("id")).isEqualTo("layer:///identities/ines");
        assertThat(sent.getJsonObject("recipient_status").fieldNames())
                .containsExactlyInAnyOrder("layer:///identities/ines", "layer:///identities/omar");
        assertThat(calls.get(1).event().getJsonObject("actor").getString("user_id"))
                .isEqualTo("ines");
        JsonObject participant = calls.get(0)
                .json()
                .getJsonObject("conversation")
                .getJsonArray("participants")
                .getJsonObject(0);
        assertThat(participant.fieldNames()).contains("id", "url", "user_id", "display_name", "avatar_url");
    }

    @Test
    void version3TellsChangesUnderItsOwnNames() throws Exception {
        active("3.0", ALL_EVENTS_3);
        live();
        List<Receiver.Call> calls = awaitCalls(7);
        assertThat(calls)
                .extracting(Receiver.Call::type)
                .containsExactly(
                        "Conversation.created",
                        "Message.created",
                        "Message.updated",
                        "Message.updated",
                        "Conversation.updated",
                        "Message.deleted",
                        "Conversation.deleted");
        assertThat(calls.get(3).json().getJsonArray("changes"))
                .isEqualTo(JsonArray.of(JsonObject.of(
                        "operation", "set",
                        "property", "recipient_status.layer:///identities/omar",
                        "value", "read")));
        assertThat(calls.get(4).json().getJsonArray("changes").stream()
                        .map(change -> ((JsonObject) change).getString("property")))
                .containsExactly("participants", "metadata.topic");
        assertThat(calls.get(1)
                        .json()
                        .getJsonObject("message")
                        .getJsonArray("parts")
                        .getJsonObject(0)
                        .getString("id"))
                .matches("layer:///messages/[0-9a-f-]{36}/parts/[0-9a-f-]{36}");
    }

    @Test
    void readingAWholeConversationIsToldOfEachMessage() throws Exception {
        active("1.0", List.of("message.read"));
        String conversation = service.conversation("ines", "omar");
        for (int i = 0; i < 20; i++) {
            service.say("ines", conversation, "text " + i);
        }
        service.ask(new MessagingRequest.MarkAllRead("omar", conversation, null));
        List<Receiver.Call> calls = awaitCalls(20);
        assertThat(receiver.said())
                .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "text " + i).toList());
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.event().getJsonObject("actor").getString("user_id")).isEqualTo("omar");
            assertThat(call.json()
                            .getJsonObject("message")
                            .getJsonObject("recipient_status")
                            .getString("omar"))
                    .isEqualTo("read");
        });
    }

    @Test
    void aReceiverCanSeeWhoItComesFrom() throws Exception {
        Webhook webhook = active("1.0", List.of("message.sent"));
        service.say("ines", service.conversation("ines", "omar"), "grüße");
        Receiver.Call call = awaitCalls(1).getFirst();
        assertThat(call.headers().get("layer-webhook-signature")).isEqualTo(hmac("HmacSHA1", call.text()));
        assertThat(call.headers().get("continuo-webhook-signature"))
                .isEqualTo("sha256=" + hmac("HmacSHA256", call.text()));
        assertThat(call.headers().get("layer-webhook-id")).isEqualTo(webhook.id());
        assertThat(call.headers().get("user-agent")).isEqualTo("layer-webhooks/1.0");
        assertThat(call.headers().get("content-type")).isEqualTo("application/vnd.layer.webhooks+json; version=1.0");
        assertThat(call.event().getString("type")).isEqualTo(call.type());
        assertThat(call.event().getString("created_at")).matches("\\d{4}-.*T.*\\.\\d{3}Z");
    }

    @Test
    void aDeliveryIsTriedAgainUntilItIsTakenUnderTheSameRequestIdAndBodyAndNothingOvertakesIt() throws Exception {
        active("1.0", List.of("message.sent"));
        int[] refusals = {2};
        receiver.answer(call -> refusals[0]-- > 0 ? 500 : 204);
        String conversation = service.conversation("ines", "omar");
        service.say("ines", conversation, "one");
        service.say("ines", conversation, "two");
        List<Receiver.Call> calls = awaitCalls(4);
        assertThat(receiver.said()).containsExactly("one", "one", "one", "two");
        assertThat(calls.subList(0, 3))
                .extracting(Receiver.Call::requestId)
                .containsOnly(calls.get(0).requestId());
        assertThat(calls.subList(0, 3))
                .extracting(Receiver.Call::text)
                .containsOnly(calls.get(0).text());
        assertThat(calls.get(3).requestId()).isNotEqualTo(calls.get(0).requestId());
    }

    @Test
    void nothingIsLostWhileTheReceiverIsAwayAndTheServiceStartsAnew() throws Exception {
        active("1.0", List.of("message.sent"));
        String conversation = service.conversation("ines", "omar");
        service.say("ines", conversation, "before");
        awaitCalls(1);
        receiver.close();
        List<String> said = new ArrayList<>(List.of("before"));
        for (int i = 0; i < 20; i++) {
            said.add("away " + i);
            service.say("ines", conversation, "away " + i);
        }
        Service.await(
                service.vertx.undeploy(service.vertx.deploymentIDs().iterator().next()));
        receiver.open();
        Service.await(service.vertx.deployVerticle(service.instance("another")));
        await().atMost(LIMIT).until(() -> receiver.said().equals(said));
        service.say("ines", conversation, "after");
        said.add("after");
        await().atMost(LIMIT).until(() -> receiver.said().equals(said));
    }

    /** What is under way when an owner goes may come twice, but then under the same id. */
    @Test
    void nothingIsLostNorDoubledWhilePartitionsChangeTheirOwner() throws Exception {
        active("1.0", List.of("message.sent"));
        receiver.delay(5);
        String first = service.vertx.deploymentIDs().iterator().next();
        List<String> conversations = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            conversations.add(service.conversation("ines", "omar" + i));
        }
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String text = (i % 6) + ":" + i;
            said.add(text);
            sayUntilHeard(conversations.get(i % 6), text);
            if (i == 100) {
                Service.await(service.vertx.deployVerticle(service.instance("newcomer")));
            } else if (i == 200) {
                Service.await(service.vertx.undeploy(first));
            }
        }
        await().atMost(LIMIT).until(() -> Set.copyOf(receiver.said()).size() == 300);
        Map<String, String> byId = new LinkedHashMap<>();
        receiver.calls().forEach(call -> byId.putIfAbsent(call.requestId(), call.said()));
        assertThat(byId.values()).containsExactlyInAnyOrderElementsOf(said);
        for (int c = 0; c < 6; c++) {
            String prefix = c + ":";
            assertThat(byId.values().stream().filter(text -> text.startsWith(prefix)))
                    .isEqualTo(said.stream()
                            .filter(text -> text.startsWith(prefix))
                            .toList());
        }
    }

    @Test
    void aTargetThatIsNotPublicIsNeverCalled() throws Exception {
        Service strict = new Service(1, Map.of("CONTINUO_WEBHOOK_ALLOW_HTTP", "true"));
        Reply reply = strict.ask(new MessagingRequest.RegisterWebhook(
                UserId.backend(""), LayerId.newUuid(), APP, "1.0", receiver.url(), ALL_EVENTS, "s", Map.of()));
        MessagingRequest get = new MessagingRequest.GetWebhook(
                UserId.backend(""), ((Reply.WebhookFound) reply).webhook().id());
        await().atMost(LIMIT)
                .until(() -> ((Reply.WebhookFound) strict.ask(get)).webhook().status() == WebhookStatus.INACTIVE);
        assertThat(((Reply.WebhookFound) strict.ask(get)).webhook().statusReason())
                .contains("not public");
        strict.close();
    }

    @Test
    void aReceiverThatStaysAwayIsSwitchedOffAndLosesWhatWasPending() throws Exception {
        service.close();
        start(3);
        Webhook webhook = active("1.0", List.of("message.sent"));
        String conversation = service.conversation("ines", "omar");
        receiver.answer(call -> 503);
        service.say("ines", conversation, "lost");
        assertThat(awaitStatus(webhook, WebhookStatus.INACTIVE).statusReason()).contains("503");
        assertThat(receiver.calls().size()).isBetween(2, 8);
        await().atMost(LIMIT)
                .until(() -> service.meters.counter("continuo.webhook.dropped").count() == 1);
        int calls = receiver.calls().size();
        service.say("ines", conversation, "not told");
        receiver.answer(call -> 200);
        switchTo(webhook, true);
        awaitStatus(webhook, WebhookStatus.ACTIVE);
        service.say("ines", conversation, "told");
        await().atMost(LIMIT).until(() -> receiver.calls().size() > calls);
        assertThat(receiver.said().subList(calls, receiver.said().size())).containsExactly("told");
    }

    @Test
    void oneReceiversTroubleIsNotTheOthersNorTheClients() throws Exception {
        Receiver dead = new Receiver(service.vertx);
        Webhook toTheDead = register(dead.url(), "1.0", List.of("message.sent"), "");
        awaitStatus(toTheDead, WebhookStatus.ACTIVE);
        active("1.0", List.of("message.sent"));
        dead.delay(600_000);
        service.attach("omar");
        String conversation = service.conversation("ines", "omar");
        for (int i = 0; i < 50; i++) {
            service.say("ines", conversation, "text " + i);
        }
        await().atMost(LIMIT)
                .until(() -> Service.texts(service.delivered("omar")).size() == 50);
        await().atMost(LIMIT).until(() -> receiver.calls().size() == 50);
        assertThat(receiver.said())
                .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "text " + i).toList());
        assertThat(new HashSet<>(dead.said())).containsExactly("text 0");
    }

    @Test
    void conversationsGoSideBySideButNotTooManyAtOnceAndEachInOrder() throws Exception {
        active("1.0", List.of("message.sent"));
        receiver.delay(30);
        List<String> conversations = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            conversations.add(service.conversation("ines", "omar" + i));
        }
        for (int i = 0; i < 120; i++) {
            service.say("ines", conversations.get(i % 12), (i % 12) + ":" + i);
        }
        awaitCalls(120);
        assertThat(receiver.highest()).isBetween(2, 4);
        for (int c = 0; c < 12; c++) {
            String prefix = c + ":";
            int conversation = c;
            assertThat(receiver.said().stream().filter(text -> text.startsWith(prefix)))
                    .isEqualTo(IntStream.range(0, 120)
                            .filter(i -> i % 12 == conversation)
                            .mapToObj(i -> prefix + i)
                            .toList());
        }
    }

    @Test
    void whatIsTooMuchGoesAndIsCounted() throws Exception {
        active("1.0", List.of("message.sent"));
        String conversation = service.conversation("ines", "omar");
        receiver.answer(call -> 503);
        for (int i = 0; i < 130; i++) {
            service.say("ines", conversation, "text " + i);
        }
        await().atMost(LIMIT)
                .until(() -> service.meters.counter("continuo.webhook.dropped").count() >= 30);
    }

    @Test
    void oneAppsWebhooksAreNoOthersBusiness() throws Exception {
        Webhook ours = register("1.0", ALL_EVENTS);
        awaitStatus(ours, WebhookStatus.ACTIVE);
        String other = UserId.backend("shop");
        assertThat(code(new MessagingRequest.GetWebhook(other, ours.id()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(new MessagingRequest.DeleteWebhook(other, ours.id()))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(new MessagingRequest.SwitchWebhook(other, ours.id(), false)))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(((Reply.Webhooks) service.ask(new MessagingRequest.ListWebhooks(other))).webhooks())
                .isEmpty();
        assertThat(code(new MessagingRequest.ListWebhooks("ines"))).isEqualTo(ErrorCode.ACCESS_DENIED);

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
        assertThat(service.ask(new MessagingRequest.DeleteWebhook(UserId.backend(""), gone.id())))
                .isInstanceOf(Reply.Done.class);
        Receiver third = new Receiver(service.vertx);
        awaitStatus(register(third.url(), "1.0", ALL_EVENTS, ""), WebhookStatus.ACTIVE);
        service.conversation("ines", "omar");
        await().atMost(LIMIT).until(() -> third.calls().size() == 1);
        assertThat(receiver.calls()).isEmpty();
        assertThat(((Reply.Webhooks) service.ask(new MessagingRequest.ListWebhooks(UserId.backend("")))).webhooks())
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

    /** As clients do: what nobody could answer is asked again, under the same id. */
    private void sayUntilHeard(String conversation, String text) {
        MessagingRequest.CreateMessage message = Service.message("ines", conversation, text);
        await().atMost(LIMIT).until(() -> switch (service.ask(message)) {
            case Reply.MessageFound found -> true;
            case Reply.Failure failure -> failure.code() == ErrorCode.ID_IN_USE;
            default -> false;
        });
    }

    /** One conversation's whole life. */
    private Message live() throws Exception {
        String conversation = service.conversation("ines", "omar");
        Message message = service.say("ines", conversation, "hi");
        service.ask(new MessagingRequest.MarkMessage("omar", message.id(), ReceiptStatus.DELIVERED));
        service.ask(new MessagingRequest.MarkMessage("omar", message.id(), ReceiptStatus.READ));
        service.ask(new MessagingRequest.ChangeConversation(
                "ines",
                conversation,
                List.of(
                        new ConversationChange.AddParticipant(Person.of("zoe")),
                        new ConversationChange.SetMetadata(List.of("topic"), "tea"))));
        service.ask(new MessagingRequest.DeleteMessage("ines", message.id()));
        service.ask(new MessagingRequest.DeleteConversation("ines", conversation));
        return message;
    }

    private Webhook active(String version, List<String> events) throws Exception {
        return awaitStatus(register(version, events), WebhookStatus.ACTIVE);
    }

    private Webhook register(String version, List<String> events) throws Exception {
        return register(receiver.url(), version, events, "");
    }

    private Webhook register(String url, String version, List<String> events, String app) throws Exception {
        Reply reply = service.ask(new MessagingRequest.RegisterWebhook(
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

    private void switchTo(Webhook webhook, boolean active) throws Exception {
        service.ask(new MessagingRequest.SwitchWebhook(UserId.backend(""), webhook.id(), active));
    }

    private String property(String user, String version, String url, List<String> events, String secret)
            throws Exception {
        Reply reply = service.ask(new MessagingRequest.RegisterWebhook(
                user, LayerId.newUuid(), APP, version, url, events, secret, Map.of()));
        assertThat(((Reply.Failure) reply).code()).isEqualTo(ErrorCode.INVALID_PROPERTY);
        return String.valueOf(((Reply.Failure) reply).property());
    }

    private ErrorCode code(MessagingRequest request) throws Exception {
        return ((Reply.Failure) service.ask(request)).code();
    }

    private Webhook get(Webhook webhook, String app) throws Exception {
        return ((Reply.WebhookFound) service.ask(new MessagingRequest.GetWebhook(UserId.backend(app), webhook.id())))
                .webhook();
    }

    private Webhook awaitStatus(Webhook webhook, WebhookStatus status) throws Exception {
        return awaitStatus(webhook, status, "");
    }

    private Webhook awaitStatus(Webhook webhook, WebhookStatus status, String app) throws Exception {
        await().atMost(LIMIT).until(() -> get(webhook, app).status() == status);
        return get(webhook, app);
    }

    private List<Receiver.Call> awaitCalls(int number) {
        await().atMost(LIMIT).until(() -> receiver.calls().size() >= number);
        assertThat(receiver.calls()).hasSize(number);
        return receiver.calls();
    }

    private static String hmac(String algorithm, String text) throws Exception {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec("a secret".getBytes(StandardCharsets.UTF_8), algorithm));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
