package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.EmbeddedRedis;
import io.continuo.redis.Ports;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Metrics;
import io.continuo.standalone.process.Processes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A process stands still while it is asked for something, and wakes up before the cluster gives it up. */
class StandstillIT {
    private static final int CONVERSATIONS = 24;
    private static final int DONE = 204;
    private static final int REQUEST_TIMEOUT = 408;
    /** Longer than it takes to tell that it stood still. */
    private static final Duration LONG = Duration.ofSeconds(3);

    private static final int ADMIN = Ports.free();

    private static EmbeddedRedis redis;
    private static Processes cluster;
    private static ContinuoProcess messaging;
    private static ContinuoProcess gateway;
    /** Ines, by way of that gateway. */
    private static Rest here;
    /** By way of another one. */
    private static Rest elsewhere;

    @BeforeAll
    static void start() throws Exception {
        redis = EmbeddedRedis.temporary();
        cluster = new Processes(redis.uri());
        messaging = cluster.startMessaging(ADMIN);
        ContinuoProcess other = cluster.startMessaging();
        cluster.startPresence();
        gateway = cluster.startGateway();
        here = Rest.login(gateway.url(), "ines");
        elsewhere = Rest.with(cluster.startGateway().url(), here.token(), "2.0");
        messaging.url();
        other.url();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        redis.close();
    }

    @Test
    void othersAreAskedInAServicesSteadAndItDoesNotDoLateWhatItWasAsked() throws Exception {
        List<String> conversations =
                Stream.generate(() -> conversation()).limit(CONVERSATIONS).toList();
        messaging.freeze();
        List<Callable<Integer>> changes = conversations.stream()
                .<Callable<Integer>>map(conversation -> () -> changeTwice(conversation))
                .toList();
        long unanswered = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> change : threads.invokeAll(changes)) {
                unanswered += change.get();
            }
        }
        assertThat(unanswered).as("requests that it was asked").isPositive();

        messaging.thaw();
        long late = unanswered;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Metrics.of(List.of(ADMIN)).sum("continuo_requests_stale_total") >= late);
        await().untilAsserted(() -> assertThat(conversations)
                .allSatisfy(conversation ->
                        assertThat(here.get(conversation).body()).contains(state("new"))));
    }

    /** How often nobody answered: once, if it was the one who sleeps that was asked. */
    private static int changeTwice(String conversation) {
        int first = patch(here, conversation, "old");
        assertThat(first).isIn(DONE, REQUEST_TIMEOUT);
        assertThat(patch(here, conversation, "new")).isEqualTo(DONE);
        return first == DONE ? 0 : 1;
    }

    @Test
    void aGatewayDoesNotDoLateWhatThoseWantedWhoHaveGoneOnElsewhere() throws Exception {
        String bySocket = conversation();
        String byRest = conversation();
        String staying = conversation();
        Socket leaver = Socket.open(gateway.url(), here.token(), "layer-2.0", "", packet -> {});
        Future<JsonObject> answer;
        Socket stayer = Socket.open(gateway.url(), here.token(), "layer-2.0", "", packet -> {});
        gateway.freeze();
        try {
            leaver.request("Conversation.update", "layer://" + bySocket, change("old"));
            leaver.cut();
            patchAndLeave(byRest, change("old").encode());
            for (String conversation : List.of(bySocket, byRest)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> patch(elsewhere, conversation, "new") == DONE);
            }
            answer = stayer.request("Conversation.update", "layer://" + staying, change("late"));
            Thread.sleep(LONG);
        } finally {
            gateway.thaw();
        }
        // Answered after all that came before.
        assertThat(here.get(byRest).body()).contains(state("new"));
        assertThat(here.get(bySocket).body()).contains(state("new"));
        assertThat(answer.get(20, TimeUnit.SECONDS).getBoolean("success")).isTrue();
        assertThat(elsewhere.get(staying).body()).contains(state("late"));
        stayer.cut();
    }

    private static int patch(Rest rest, String conversation, String state) {
        return rest.call("PATCH", conversation, change(state).encode()).statusCode();
    }

    /** Asks the gateway that stands still, and does not wait for the answer. */
    private static void patchAndLeave(String path, String body) throws Exception {
        URI url = URI.create(gateway.url());
        try (java.net.Socket connection = new java.net.Socket(url.getHost(), url.getPort())) {
            connection
                    .getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "PATCH " + path + " HTTP/1.1",
                                    "Host: " + url.getAuthority(),
                                    "Accept: application/vnd.layer+json; version=2.0",
                                    "Content-Type: application/vnd.layer-patch+json",
                                    "Authorization: Layer session-token=\"" + here.token() + "\"",
                                    "Content-Length: " + body.length(),
                                    "",
                                    body)
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The path of a new one. */
    private static String conversation() {
        JsonObject asked = new JsonObject()
                .put("participants", new JsonArray().add("omar"))
                .put("distinct", false);
        String id = new JsonObject(here.post("/conversations", asked).body()).getString("id");
        return id.substring("layer://".length());
    }

    private static JsonArray change(String state) {
        return new JsonArray()
                .add(new JsonObject()
                        .put("operation", "set")
                        .put("property", "metadata.state")
                        .put("value", state));
    }

    private static String state(String state) {
        return "\"metadata\":{\"state\":\"" + state + "\"}";
    }
}
