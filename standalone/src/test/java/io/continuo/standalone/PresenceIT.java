package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.EmbeddedRedis;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Processes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What others see of somebody whose gateway is frozen for a moment, or killed along with a presence service. */
class PresenceIT {
    private static final List<String> PEOPLE = List.of("ines", "rita", "omar", "olga", "otto");

    @Test
    void aBlipShowsNothingAndADeathIsTold() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.temporary();
                Processes cluster = new Processes(redis.uri())) {
            cluster.startMessaging();
            ContinuoProcess presence = cluster.startPresence();
            cluster.startPresence();
            ContinuoProcess doomed = cluster.startGateway();
            ContinuoProcess gateway = cluster.startGateway();
            String here = gateway.url();
            Person ines = new Person("ines", doomed.url(), "layer-2.0");
            Person rita = new Person("rita", here, "layer-3.0");
            Person omar = new Person("omar", here, "layer-2.0");
            Person olga = new Person("olga", here, "layer-3.0");
            Person otto = new Person("otto", here, "layer-1.0");
            // One begins to watch before there is anybody to follow, one later.
            omar.ask("Presence.subscribe", null);
            String conversation = ines.converse();
            List.of(rita, omar, olga, otto).forEach(person -> await().until(() -> person.knows(conversation)));
            olga.ask("Presence.subscribe", null);
            ines.come();
            rita.come();
            for (Person watcher : List.of(omar, olga)) {
                await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                    assertThat(watcher.saw("ines")).containsExactly("available");
                    assertThat(watcher.saw("rita")).containsExactly("available");
                });
            }

            rita.socket.cut();
            doomed.freeze();
            TimeUnit.SECONDS.sleep(3);
            Person ritaAgain = new Person("rita", here, "layer-3.0");
            ritaAgain.come();
            TimeUnit.SECONDS.sleep(1);
            doomed.thaw();

            ines.type(conversation);
            await().until(() -> omar.sawTyping("ines").equals(List.of("started")));
            doomed.kill();
            presence.kill();
            long killed = System.nanoTime();
            for (Person watcher : List.of(omar, olga)) {
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(watcher.saw("ines")).containsExactly("available", "offline"));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(10));
            for (Person watcher : List.of(omar, olga, otto)) {
                await().atMost(Duration.ofSeconds(5))
                        .untilAsserted(() ->
                                assertThat(watcher.sawTyping("ines")).containsExactly("started", "paused", "finished"));
            }
            for (Person watcher : List.of(omar, olga)) {
                assertThat(watcher.saw("rita")).as("a reload").containsExactly("available");
                assertThat(watcher.socket.faults()).isEmpty();
            }
            assertThat(otto.statuses).as("presence in layer-1.0").isEmpty();
        }
    }

    /** A socket, and what it has shown of others. */
    private static final class Person {
        private final List<JsonObject> statuses = new CopyOnWriteArrayList<>();
        private final List<JsonObject> typing = new CopyOnWriteArrayList<>();
        private final List<String> conversations = new CopyOnWriteArrayList<>();
        private final Socket socket;

        Person(String name, String gateway, String dialect) throws Exception {
            socket = Socket.open(gateway, Rest.login(gateway, name).token(), dialect, "", this::take);
        }

        private void take(JsonObject packet) {
            JsonObject body = packet.getJsonObject("body");
            switch (packet.getString("type")) {
                case "signal" -> typing.add(body.getJsonObject("data"));
                case "change" -> {
                    JsonObject object = body.getJsonObject("object");
                    if ("create".equals(body.getString("operation"))
                            && "Conversation".equals(object.getString("type"))) {
                        conversations.add(object.getString("id"));
                    } else if ("Identity".equals(object.getString("type"))
                            && body.encode().contains("presence.status")) {
                        statuses.add(body);
                    }
                }
                default -> {}
            }
        }

        void come() throws Exception {
            ask(
                    "Presence.update",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("operation", "set")
                                    .put("property", "status")
                                    .put("value", "available")));
        }

        String converse() throws Exception {
            JsonArray participants = new JsonArray();
            PEOPLE.forEach(name -> participants.add("layer:///identities/" + name));
            return ask("Conversation.create", new JsonObject().put("participants", participants))
                    .getJsonObject("data")
                    .getString("id");
        }

        boolean knows(String conversation) {
            return conversations.contains(conversation);
        }

        void type(String conversation) {
            socket.send(new JsonObject()
                    .put("type", "signal")
                    .put(
                            "body",
                            new JsonObject()
                                    .put("type", "typing_indicator")
                                    .put("object", new JsonObject().put("id", conversation))
                                    .put("data", new JsonObject().put("action", "started"))));
        }

        /** The statuses of somebody that were pushed, in order. */
        List<String> saw(String name) {
            return statuses.stream()
                    .filter(body -> body.getJsonObject("object").getString("id").equals("layer:///identities/" + name))
                    .map(body -> body.getJsonArray("data").getJsonObject(0).getString("value"))
                    .toList();
        }

        List<String> sawTyping(String name) {
            return typing.stream()
                    .filter(data -> data.encode().contains(name))
                    .map(data -> data.getString("action"))
                    .toList();
        }

        JsonObject ask(String method, @Nullable Object data) throws Exception {
            JsonObject answer = socket.request(method, null, data).get(10, TimeUnit.SECONDS);
            assertThat(answer.getBoolean("success")).as(answer.encode()).isTrue();
            return answer;
        }
    }
}
