package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.process.ContinuoProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Parts that change, as real sockets of layer-3.0 see it, and those of layer-2.0 do not. */
class PartChangesIT {
    private static ContinuoProcess continuo;

    @BeforeAll
    static void start() throws Exception {
        continuo = ContinuoProcess.start();
    }

    @AfterAll
    static void stop() throws Exception {
        continuo.stop();
    }

    private final List<JsonObject> seen = new CopyOnWriteArrayList<>();
    private final List<JsonObject> seenBefore3 = new CopyOnWriteArrayList<>();
    private final Rest rest = Rest.login(url(), "ines", "3.0");
    private final Rest omar = Rest.login(url(), "omar", "3.0");
    private final String conversation = Rest.newId("conversations");
    private final String message = Rest.newId("messages");
    private final String part = message + "/parts/" + uuid(Rest.newId("x"));
    private final Socket ines;
    private final Socket of3;
    private final Socket of2;

    PartChangesIT() throws Exception {
        ines = Socket.open(url(), rest.token(), "layer-3.0", "", packet -> {});
        of3 = Socket.open(url(), omar.token(), "layer-3.0", "", packet -> note(seen, packet));
        of2 = Socket.open(url(), omar.token(), "layer-2.0", "", packet -> note(seenBefore3, packet));
    }

    private static String url() {
        return continuo.url();
    }

    private void converse() throws Exception {
        request(
                "Conversation.create",
                null,
                new JsonObject().put("id", conversation).put("participants", new JsonArray().add("omar")));
    }

    private static void note(List<JsonObject> to, JsonObject packet) {
        if ("change".equals(packet.getString("type"))) {
            to.add(packet);
        }
    }

    private JsonObject request(String method, @Nullable String object, @Nullable JsonObject data) throws Exception {
        JsonObject answer = ines.request(method, object, data).get(20, TimeUnit.SECONDS);
        assertThat(answer.getBoolean("success")).as(answer.encode()).isTrue();
        return answer.getJsonObject("data");
    }

    private void say(String mimeType, String body) throws Exception {
        JsonObject text =
                new JsonObject().put("id", part).put("mime_type", mimeType).put("body", body);
        JsonObject notification = new JsonObject()
                .put("text", "to all")
                .put(
                        "recipients",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("recipient", "layer:///identities/omar")
                                        .put("text", "to Omar")));
        request(
                "Message.create",
                conversation,
                new JsonObject()
                        .put("id", message)
                        .put("parts", new JsonArray().add(text))
                        .put("notification", notification));
    }

    private JsonObject last(int size) {
        await().until(() -> seen.size() >= size);
        return seen.get(size - 1).getJsonObject("body");
    }

    private static String uuid(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    @Test
    void areToldIn3AndOnlyIn3WithGaplessCounters() throws Exception {
        converse();
        say("text/plain", "pears");
        assertThat(last(2).getJsonObject("data").getJsonObject("notification").getString("text"))
                .isEqualTo("to Omar");
        JsonArray patch = new JsonArray()
                .add(new JsonObject()
                        .put("operation", "set")
                        .put("property", "body")
                        .put("value", "plums"));
        rest.patch(part.substring("layer://".length()), patch.getJsonObject(0));
        JsonObject edited = last(4);
        assertThat(edited.getJsonObject("object").getString("type")).isEqualTo("MessagePart");
        assertThat(edited.getJsonObject("object").getString("id")).isEqualTo(part);
        assertThat(edited.getJsonArray("data").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("operation", "set")
                        .put("property", "body")
                        .put("value", "plums"));
        assertThat(last(5).getJsonObject("object").getString("id")).isEqualTo(message);

        JsonObject added = request(
                "MessagePart.create",
                message,
                new JsonObject().put("mime_type", "text/plain").put("body", "figs"));
        JsonObject add = last(6).getJsonArray("data").getJsonObject(0);
        assertThat(add.getString("operation")).isEqualTo("add");
        assertThat(add.getJsonObject("value")).isEqualTo(added);
        request("MessagePart.delete", added.getString("id"), null);
        assertThat(last(7).getJsonArray("data").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("operation", "remove")
                        .put("property", "parts")
                        .put("id", added.getString("id")));

        assertThat(rest.get("/messages/" + uuid(message) + "/parts").body()).contains("plums");
        assertThat(new JsonObject(omar.get("/messages/" + uuid(message)).body()).containsKey("notification"))
                .isFalse();
        assertThat(omar.put(
                                part.substring("layer://".length()),
                                new JsonObject().put("mime_type", "a/b").put("body", "x"))
                        .statusCode())
                .isEqualTo(403);

        // What 2.0 has no word for leaves no trace but a step in the positions.
        request(
                "Message.create",
                conversation,
                new JsonObject()
                        .put(
                                "parts",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("mime_type", "a/b")
                                                .put("body", "end"))));
        last(9);
        await().until(() -> seenBefore3.size() == 5);
        assertThat(seenBefore3.getLast().getString("position"))
                .isEqualTo(seen.getLast().getString("position"));
        assertThat(of2.faults()).isEmpty();
        assertThat(of3.faults()).isEmpty();

        // Coming back between the two packets of the edit brings the second of them first. What has come and gone since
        // is but gone.
        List<JsonObject> again = new CopyOnWriteArrayList<>();
        String position = seen.get(3).getString("position");
        Socket.open(url(), omar.token(), "layer-3.0", "&since=" + position, packet -> note(again, packet));
        await().until(() -> again.size() == 4);
        assertThat(again)
                .map(packet -> packet.getString("position"))
                .isEqualTo(List.of(seen.get(4), seen.get(6), seen.get(7), seen.get(8)).stream()
                        .map(packet -> packet.getString("position"))
                        .toList());
        assertThat(again.getFirst()
                        .getJsonObject("body")
                        .getJsonObject("object")
                        .getString("type"))
                .isEqualTo("Message");
    }

    @Test
    void sumUpResponses() throws Exception {
        converse();
        say("application/vnd.layer.choice+json;role=root", "{}");
        JsonObject body = new JsonObject()
                .put("response_to", message)
                .put("response_to_node_id", uuid(part))
                .put(
                        "changes",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("operation", "add")
                                        .put("type", "LWW")
                                        .put("name", "selection")
                                        .put("value", "a")
                                        .put("id", "x1")));
        for (String choice : List.of("x1", "x2")) {
            body.getJsonArray("changes").getJsonObject(0).put("id", choice);
            request(
                    "Message.create",
                    conversation,
                    new JsonObject()
                            .put(
                                    "parts",
                                    new JsonArray()
                                            .add(new JsonObject()
                                                    .put(
                                                            "mime_type",
                                                            "application/vnd.layer.response-v2+json;role=root")
                                                    .put("body", body.encode()))));
        }
        JsonObject added = last(6).getJsonArray("data").getJsonObject(0);
        assertThat(added.getJsonObject("value").getString("mime_type"))
                .isEqualTo("application/vnd.layer.responsesummary-v2+json;role=response_summary;parent-node-id="
                        + uuid(part));
        JsonObject edited = last(9);
        assertThat(edited.getJsonObject("object").getString("id")).isEqualTo(added.getString("id"));
        assertThat(new JsonObject(edited.getJsonArray("data").getJsonObject(0).getString("value")))
                .isEqualTo(new JsonObject("""
                        {"layer:///identities/ines":
                            {"selection": {"adds": [{"ids": ["x2"], "value": "a"}], "removes": ["x1"]}}}"""));
        assertThat(of3.faults()).isEmpty();
    }
}
