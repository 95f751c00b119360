package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.EmbeddedRedis;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.process.ContinuoProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Redis is killed and comes back, several times: sockets stay open, and what was acknowledged arrives, once. */
class RedisRestartIT {
    private static final int ROUNDS = 3;
    private static final int MESSAGES = 40;

    @Test
    void socketsOutliveRedisAndNothingAcknowledgedIsLost() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.temporary();
        ContinuoProcess continuo = ContinuoProcess.start(Map.of(
                "CONTINUO_REDIS", redis.uri(),
                "CONTINUO_DATA_DIR", Files.createTempDirectory("continuo").toString()));
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        List<Long> sequence = Collections.synchronizedList(new ArrayList<>());
        Socket reader = open(continuo, "omar", received, sequence);
        Socket writer = open(continuo, "ines", new ArrayList<>(), new ArrayList<>());
        String conversation = create(writer);
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < MESSAGES; i++) {
                acknowledged.add(sayUntilAcknowledged(writer, conversation));
            }
            redis.kill();
            JsonObject refused = say(writer, conversation, Rest.newId("messages"));
            assertThat(refused.getBoolean("success")).isFalse();
            assertThat(refused.getJsonObject("data").getString("id")).isEqualTo("request_timeout");
            redis.restart();
        }
        acknowledged.add(sayUntilAcknowledged(writer, conversation));

        await().atMost(Duration.ofSeconds(30)).until(() -> received.containsAll(acknowledged));
        assertThat(received).doesNotHaveDuplicates().containsSubsequence(acknowledged);
        for (int i = 0; i < sequence.size(); i++) {
            assertThat(sequence.get(i)).isEqualTo(i + 1);
        }
        for (Socket socket : List.of(reader, writer)) {
            assertThat(socket.faults()).isEmpty();
            assertThat(socket.closed()).isNotDone();
            socket.cut();
        }
        continuo.stop();
        redis.close();
    }

    private static Socket open(ContinuoProcess continuo, String user, List<String> messages, List<Long> sequence)
            throws Exception {
        String token = Rest.login(continuo.url(), user).token();
        return Socket.open(continuo.url(), token, "layer-2.0", "&since=0-0", packet -> {
            if (packet.getString("type").equals("change")) {
                sequence.add(Long.valueOf(packet.getString("position").split("-")[1]));
                JsonObject body = packet.getJsonObject("body");
                JsonObject object = body.getJsonObject("object");
                if (object.getString("type").equals("Message")
                        && body.getString("operation").equals("create")) {
                    messages.add(object.getString("id"));
                }
            }
        });
    }

    private static String create(Socket socket) throws Exception {
        String id = Rest.newId("conversations");
        JsonObject data = new JsonObject().put("id", id).put("participants", new JsonArray().add("omar"));
        JsonObject answer = socket.request("Conversation.create", null, data).get(20, TimeUnit.SECONDS);
        assertThat(answer.getBoolean("success")).as(answer.encode()).isTrue();
        return id;
    }

    /** As a client would: the same message again, under its id, until it is there. */
    private static String sayUntilAcknowledged(Socket socket, String conversation) {
        String id = Rest.newId("messages");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            JsonObject answer = say(socket, conversation, id);
            return answer.getBoolean("success")
                    || answer.getJsonObject("data").getString("id").equals("id_in_use");
        });
        return id;
    }

    private static JsonObject say(Socket socket, String conversation, String id) throws Exception {
        JsonArray parts = new JsonArray()
                .add(new JsonObject().put("mime_type", "text/plain").put("body", "text"));
        return socket.request(
                        "Message.create",
                        conversation,
                        new JsonObject().put("id", id).put("parts", parts))
                .get(20, TimeUnit.SECONDS);
    }
}
