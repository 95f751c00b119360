package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.EmbeddedRedis;
import io.continuo.redis.Ports;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Metrics;
import io.continuo.standalone.process.Processes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One of two messaging services stands still while it is asked for something, and wakes up before the cluster gives it up. */
class StandstillIT {
    private static final int CONVERSATIONS = 24;
    private static final int DONE = 204;
    private static final int REQUEST_TIMEOUT = 408;

    @Test
    void othersAreAskedInItsSteadAndItDoesNotDoLateWhatItWasAsked() throws Exception {
        int admin = Ports.free();
        try (EmbeddedRedis redis = EmbeddedRedis.temporary();
                Processes cluster = new Processes(redis.uri());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ContinuoProcess sleeper = cluster.startMessaging(admin);
            ContinuoProcess other = cluster.startMessaging();
            cluster.startPresence();
            Rest ines = Rest.login(cluster.startGateway().url(), "ines");
            sleeper.url();
            other.url();
            List<String> conversations = new ArrayList<>();
            for (int i = 0; i < CONVERSATIONS; i++) {
                conversations.add(conversation(ines));
            }

            sleeper.freeze();
            List<Callable<Integer>> changes = conversations.stream()
                    .<Callable<Integer>>map(conversation -> () -> changeTwice(ines, conversation))
                    .toList();
            long asked = 0;
            for (Future<Integer> change : threads.invokeAll(changes)) {
                asked += change.get();
            }
            assertThat(asked).as("conversations that it was asked about").isPositive();

            sleeper.thaw();
            long late = asked;
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Metrics.of(List.of(admin)).sum("continuo_requests_stale_total") >= late);
            await().untilAsserted(() -> assertThat(conversations)
                    .allSatisfy(conversation ->
                            assertThat(ines.get(conversation).body()).contains(state("new"))));
        }
    }

    /** How often nobody answered: once, if it was the one who sleeps that was asked. */
    private static int changeTwice(Rest rest, String conversation) {
        int first = set(rest, conversation, "old");
        assertThat(first).isIn(DONE, REQUEST_TIMEOUT);
        assertThat(set(rest, conversation, "new")).isEqualTo(DONE);
        return first == DONE ? 0 : 1;
    }

    private static String conversation(Rest rest) {
        JsonObject asked = new JsonObject()
                .put("participants", new JsonArray().add("omar"))
                .put("distinct", false);
        String id = new JsonObject(rest.post("/conversations", asked).body()).getString("id");
        return "/conversations/" + id.substring(id.lastIndexOf('/') + 1);
    }

    private static int set(Rest rest, String conversation, String state) {
        JsonObject change = new JsonObject()
                .put("operation", "set")
                .put("property", "metadata.state")
                .put("value", state);
        return rest.call("PATCH", conversation, new JsonArray().add(change).encode())
                .statusCode();
    }

    private static String state(String state) {
        return "\"metadata\":{\"state\":\"" + state + "\"}";
    }
}
