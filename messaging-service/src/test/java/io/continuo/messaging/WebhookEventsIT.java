package io.continuo.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.Webhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What a webhook is told, in each version. */
class WebhookEventsIT extends WebhookScene {
    private static final List<String> ALL_EVENTS_3 = List.of(
            "Message.created",
            "Message.updated",
            "Message.deleted",
            "Conversation.created",
            "Conversation.updated",
            "Conversation.deleted");

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
        service.ask(new ConversationRequest.MarkAllRead("omar", conversation, null));
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

    /** One conversation's whole life. */
    private Message live() throws Exception {
        String conversation = service.conversation("ines", "omar");
        Message message = service.say("ines", conversation, "hi");
        service.ask(new MessageRequest.MarkMessage("omar", message.id(), ReceiptStatus.DELIVERED));
        service.ask(new MessageRequest.MarkMessage("omar", message.id(), ReceiptStatus.READ));
        service.ask(new ConversationRequest.ChangeConversation(
                "ines",
                conversation,
                List.of(
                        new ConversationChange.AddParticipant(Person.of("zoe")),
                        new ConversationChange.SetMetadata(List.of("topic"), "tea"))));
        service.ask(new MessageRequest.DeleteMessage("ines", message.id()));
        service.ask(new ConversationRequest.DeleteConversation("ines", conversation));
        return message;
    }

    private static String hmac(String algorithm, String text) throws Exception {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec("a secret".getBytes(StandardCharsets.UTF_8), algorithm));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
