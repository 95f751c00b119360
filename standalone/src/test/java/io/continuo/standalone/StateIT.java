package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.client.View;
import io.continuo.standalone.process.ContinuoProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens, in whatever order: who never left, who was cut off again and again, and who asks by REST in the end
 * know the same. Every kind of event that there is takes its turn.
 */
class StateIT {
    private static final int STEPS = 400;

    private static ContinuoProcess continuo;

    @BeforeAll
    static void start() throws Exception {
        continuo = ContinuoProcess.start();
    }

    @AfterAll
    static void stop() throws Exception {
        continuo.stop();
    }

    /** A client that may lose its socket and takes up where it was. */
    private static final class Client {
        final Rest rest;
        final View view;
        final List<String> faults = Collections.synchronizedList(new ArrayList<>());
        private volatile String position = "0-0";
        private Socket socket;

        private final String version;

        Client(String user, String version) throws Exception {
            this.version = version;
            rest = Rest.login(continuo.url(), user, version);
            view = new View(user);
            socket = open();
        }

        private Socket open() throws Exception {
            return Socket.open(continuo.url(), rest.token(), "layer-" + version, "&since=" + position, packet -> {
                synchronized (view) {
                    position = packet.getString("position", position);
                    view.apply(packet);
                }
            });
        }

        /** What arrives after the cut is no longer taken notice of, as the position was the last to be remembered. */
        void cut() throws Exception {
            faults.addAll(socket.faults());
            socket.cut();
            socket.closed().get(10, TimeUnit.SECONDS);
            socket = open();
        }
    }

    /** Others of each version, so that no one has to do with the other's conversations. */
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.0"})
    void theStateIsTheSameWhateverTheWayToIt(String version) throws Exception {
        Random random = new Random(7);
        String inesId = "ines-" + version;
        String omarId = "omar-" + version;
        Client ines = new Client(inesId, version);
        Client steady = new Client(omarId, version);
        Client cut = new Client(omarId, version);
        List<String> conversations = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            Client doer = random.nextBoolean() ? ines : steady;
            act(random, doer, conversations, messages);
            if (random.nextInt(5) == 0) {
                cut.cut();
            }
        }
        List<String> fromRest = View.load(steady.rest, omarId).describe();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(steady.view.describe()).containsExactlyInAnyOrderElementsOf(fromRest));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(cut.view.describe()).containsExactlyInAnyOrderElementsOf(fromRest));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ines.view.describe())
                        .isEqualTo(View.load(ines.rest, inesId).describe()));
        assertThat(steady.view.size()).isGreaterThan(20);
        for (Client client : List.of(ines, steady, cut)) {
            assertThat(client.faults).isEmpty();
            assertThat(client.socket.faults()).isEmpty();
        }
    }

    /** Does something that is possible now. */
    private static void act(Random random, Client doer, List<String> conversations, List<String> messages)
            throws Exception {
        int what = random.nextInt(100);
        if (conversations.isEmpty() || what < 4) {
            conversations.add(create(doer));
            return;
        }
        String conversation = conversations.get(random.nextInt(conversations.size()));
        String path = conversation.substring("layer://".length());
        if (messages.isEmpty() || what < 50) {
            messages.add(say(doer, conversation));
        } else if (what < 57 && doer.version.equals("3.0")) {
            changePart(random, doer, messages.get(random.nextInt(messages.size())));
        } else if (what < 65) {
            String message = messages.get(random.nextInt(messages.size()));
            doer.rest.post("/messages/" + uuid(message) + "/receipts", new JsonObject().put("type", "read"));
        } else if (what < 70) {
            JsonObject position = new JsonObject();
            if (random.nextBoolean()) {
                position.put("position", 4_096L * random.nextInt(20));
            }
            doer.rest.post(path + "/mark_all_read", position);
        } else if (what < 74) {
            doer.rest.tryDelete(path(messages.get(random.nextInt(messages.size()))) + "?mode=my_devices");
        } else if (what < 76) {
            doer.rest.tryDelete(path + "?mode=my_devices&leave=false");
        } else if (what < 80) {
            String message = messages.remove(random.nextInt(messages.size()));
            doer.rest.post("/messages/" + uuid(message) + "/receipts", new JsonObject().put("type", "delivery"));
            doer.rest.tryDelete("/messages/" + uuid(message) + "?mode=all_participants");
        } else if (what < 88) {
            doer.rest.patch(path, set("metadata.step", "s" + what), set("metadata.deep.er", "d" + what));
        } else if (what < 92) {
            doer.rest.patch(path, new JsonObject().put("operation", "delete").put("property", "metadata.step"));
        } else if (what < 95) {
            doer.rest.patch(path, participant("add"));
        } else if (what < 98) {
            doer.rest.patch(path, participant("remove"));
        } else {
            doer.rest.delete(path + "?mode=all_participants");
            conversations.remove(conversation);
            messages.removeIf(
                    message -> doer.rest.get("/messages/" + uuid(message)).statusCode() == 404);
        }
    }

    /** Of one's own message; who may not is refused, and nothing happens. */
    private static void changePart(Random random, Client doer, String message) throws Exception {
        String parts = "/messages/" + uuid(message) + "/parts";
        JsonObject part = new JsonObject().put("mime_type", "text/plain").put("body", "part " + random.nextInt());
        switch (random.nextInt(4)) {
            case 0 -> doer.rest.post(parts, part);
            case 1 -> doer.rest.put(parts + "/0", part);
            case 2 -> doer.rest.put(parts + "/1", part.put("encoding", "base64").put("body", "AAEC"));
            default ->
                doer.socket
                        .request("MessagePart.delete", message + "/parts/1", null)
                        .get(20, TimeUnit.SECONDS);
        }
    }

    private static String create(Client doer) throws Exception {
        String id = Rest.newId("conversations");
        JsonArray participants = new JsonArray()
                .add("layer:///identities/ines-" + doer.version)
                .add("layer:///identities/omar-" + doer.version);
        JsonObject data = new JsonObject()
                .put("id", id)
                .put("participants", participants)
                .put("metadata", new JsonObject().put("title", "t"));
        expectSuccess(doer.socket.request("Conversation.create", null, data).get(20, TimeUnit.SECONDS));
        return id;
    }

    private static String say(Client doer, String conversation) throws Exception {
        String id = Rest.newId("messages");
        JsonArray parts = new JsonArray()
                .add(new JsonObject().put("mime_type", "text/plain").put("body", "text"));
        JsonObject data = new JsonObject().put("id", id).put("parts", parts);
        expectSuccess(doer.socket.request("Message.create", conversation, data).get(20, TimeUnit.SECONDS));
        return id;
    }

    private static void expectSuccess(JsonObject answer) {
        assertThat(answer.getBoolean("success")).as(answer.encode()).isTrue();
    }

    private static JsonObject set(String property, String value) {
        return new JsonObject()
                .put("operation", "set")
                .put("property", property)
                .put("value", value);
    }

    private static JsonObject participant(String operation) {
        return new JsonObject()
                .put("operation", operation)
                .put("property", "participants")
                .put("id", "layer:///identities/zoe");
    }

    private static String path(String message) {
        return "/messages/" + uuid(message);
    }

    private static String uuid(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
