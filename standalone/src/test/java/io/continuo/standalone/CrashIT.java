package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.EmbeddedRedis;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.process.ContinuoProcess;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The whole process is killed between storing a message and fanning it out; the next one finishes the job. */
class CrashIT {
    private static final int PEOPLE = 300;
    private static final int ROUNDS = 5;

    @Test
    void theNextProcessFinishesWhatTheKilledOneHadAccepted() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.temporary();
        Map<String, String> settings = Map.of(
                "CONTINUO_REDIS", redis.uri(),
                "CONTINUO_DATA_DIR", Files.createTempDirectory("continuo").toString());
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        String conversation = Rest.newId("conversations");
        long waiting = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ContinuoProcess continuo = ContinuoProcess.start(settings);
            Socket writer = writer(continuo);
            if (round == 0) {
                create(writer, conversation);
            }
            int before = acknowledged.size();
            write(writer, conversation, acknowledged);
            await().until(() -> acknowledged.size() > before + 50);
            continuo.kill();
            waiting += outboxes(redis);
        }
        assertThat(waiting)
                .as("changes that were stored but not fanned out when it was killed")
                .isPositive();

        ContinuoProcess continuo = ContinuoProcess.start(settings);
        await().atMost(Duration.ofSeconds(20)).until(() -> outboxes(redis) == 0);
        List<String> order = received(continuo, "user0", acknowledged);
        for (int i = 1; i < PEOPLE; i += 37) {
            assertThat(received(continuo, "user" + i, acknowledged)).isEqualTo(order);
        }
        continuo.stop();
        redis.close();
    }

    private static Socket writer(ContinuoProcess continuo) throws Exception {
        return Socket.open(continuo.url(), Rest.login(continuo.url(), "user0").token(), "layer-2.0", "", packet -> {});
    }

    private static void create(Socket socket, String conversation) throws Exception {
        JsonArray participants = new JsonArray();
        for (int i = 0; i < PEOPLE; i++) {
            participants.add("user" + i);
        }
        JsonObject data = new JsonObject().put("id", conversation).put("participants", participants);
        assertThat(socket.request("Conversation.create", null, data)
                        .get(20, TimeUnit.SECONDS)
                        .getBoolean("success"))
                .isTrue();
    }

    /** Writes without waiting for answers, until the process is killed. */
    private static void write(Socket socket, String conversation, Set<String> acknowledged) {
        Thread.startVirtualThread(() -> {
            try {
                for (int i = 0; i < 300; i++) {
                    String id = Rest.newId("messages");
                    JsonArray parts = new JsonArray()
                            .add(new JsonObject().put("mime_type", "text/plain").put("body", "text " + i));
                    socket.request(
                                    "Message.create",
                                    conversation,
                                    new JsonObject().put("id", id).put("parts", parts))
                            .thenAccept(answer -> {
                                if (answer.getBoolean("success")) {
                                    acknowledged.add(id);
                                }
                            });
                }
            } catch (RuntimeException killed) {
                // as intended
            }
        });
    }

    /** The messages in a client's whole history, in their order; each acknowledged one once, in dense positions. */
    private static List<String> received(ContinuoProcess continuo, String user, Set<String> acknowledged)
            throws Exception {
        List<String> messages = Collections.synchronizedList(new ArrayList<>());
        List<Long> sequence = Collections.synchronizedList(new ArrayList<>());
        Map<String, String> verdict = Collections.synchronizedMap(new HashMap<>());
        String token = Rest.login(continuo.url(), user).token();
        Socket socket = Socket.open(continuo.url(), token, "layer-2.0", "&since=0-0", packet -> {
            JsonObject body = packet.getJsonObject("body");
            if (packet.getString("type").equals("operation")) {
                verdict.put("verdict", body.getJsonObject("data").getString("verdict"));
            } else if (packet.getString("type").equals("change")) {
                sequence.add(Long.valueOf(packet.getString("position").split("-")[1]));
                JsonObject object = body.getJsonObject("object");
                if (object.getString("type").equals("Message")
                        && body.getString("operation").equals("create")) {
                    messages.add(object.getString("id"));
                }
            }
        });
        await().atMost(Duration.ofSeconds(20)).until(() -> verdict.containsKey("verdict"));
        assertThat(verdict).containsEntry("verdict", "complete");
        assertThat(socket.faults()).isEmpty();
        assertThat(messages).doesNotHaveDuplicates().containsAll(acknowledged);
        for (int i = 0; i < sequence.size(); i++) {
            assertThat(sequence.get(i)).isEqualTo(i + 1);
        }
        socket.cut();
        return List.copyOf(messages);
    }

    /** How many accepted changes wait for their fan-out. */
    private static long outboxes(EmbeddedRedis server) throws Exception {
        Vertx vertx = Vertx.vertx();
        Redis redis = Redis.createClient(vertx, server.uri());
        long waiting = 0;
        for (int partition = 0; partition < 64; partition++) {
            waiting += redis.send(Request.cmd(Command.XLEN).arg("{c" + partition + "}:outbox"))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .toLong();
        }
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return waiting;
    }
}
