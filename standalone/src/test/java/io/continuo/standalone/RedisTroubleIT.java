package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.continuo.farm.Programs;
import io.continuo.farm.RedisFarm;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Swallower;
import io.continuo.standalone.process.Talk;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections to Redis break and hang, one or all, while people talk; nobody's socket is closed and nothing is lost. */
class RedisTroubleIT {
    private static final int HAMMERS = 15;
    private static final Set<String> RETRYABLE = Set.of("request_timeout", "rate_limit_exceeded");
    private static final int PARTS = 8;
    private static final String LARGE = "x".repeat(2_000);

    private RedisFarm farm;
    private @Nullable ContinuoProcess continuo;

    @BeforeEach
    void needsPrograms() {
        assumeThat(Programs.REDIS.arePresent())
                .as("redis-server and redis-cli are installed")
                .isTrue();
        farm = RedisFarm.standalone(Programs.REDIS, "--appendonly", "yes");
    }

    @AfterEach
    void end() {
        ContinuoProcess ending = continuo;
        if (ending != null) {
            ending.close();
        }
        farm.close();
    }

    @Test
    void eachConnectionMayBreakOrHangByItself() throws Exception {
        try (Swallower proxy = new Swallower(farm.primary().port())) {
            ContinuoProcess started = start("redis://127.0.0.1:" + proxy.port(), Map.of());
            try (Talk talk = new Talk("user", 4, started::url)) {
                talk.goOn(3);
                int connections = proxy.working();
                for (String client : clients()) {
                    farm.ask(farm.primary(), "client", "kill", "id", client);
                    talk.goOn(1);
                }
                await().atMost(Duration.ofSeconds(10)).until(() -> proxy.working() == connections);
                for (int i = 0; i < connections; i++) {
                    proxy.swallowOne();
                }
                await().atMost(Duration.ofSeconds(20)).until(() -> proxy.working() == connections);
                talk.goOn(3);
                talk.verify();
                assertThat(talk.resumptions()).as("sockets that were opened").isEqualTo(4);
            }
        }
    }

    /** With a heap that could not hold what is said while Redis is away. */
    @Test
    void nothingPilesUpWhileRedisHangsOrIsDead() throws Exception {
        ContinuoProcess started = start(farm.uri(), Map.of("JAVA_TOOL_OPTIONS", "-Xmx72m -XX:+ExitOnOutOfMemoryError"));
        List<Hammer> hammers = new ArrayList<>();
        try (Talk talk = new Talk("user", 2, started::url)) {
            talk.goOn(3);
            for (int i = 0; i < HAMMERS; i++) {
                hammers.add(new Hammer(started.url(), "hammer" + i));
            }
            farm.primary().freeze();
            hammer(hammers, Duration.ofSeconds(5));
            farm.primary().thaw();
            talk.goOn(3);
            farm.primary().kill();
            hammer(hammers, Duration.ofSeconds(3));
            farm.primary().start();
            farm.waitUntilItAnswers(farm.primary());
            talk.goOn(3);
            talk.verify();
            assertThat(talk.resumptions()).as("sockets that were opened").isEqualTo(2);
        }
        for (Hammer hammer : hammers) {
            assertThat(hammer.socket.closed()).isNotDone();
            assertThat(hammer.socket.faults()).isEmpty();
            assertThat(hammer.unclear)
                    .as("answers that are neither done nor retryable")
                    .isEmpty();
            hammer.socket.cut();
        }
        assertThat(hammers.stream().mapToInt(hammer -> hammer.refused.get()).sum())
                .isPositive();
    }

    private ContinuoProcess start(String redis, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("CONTINUO_REDIS", redis);
        settings.put("CONTINUO_LOG_LEVEL", "error");
        settings.put("CONTINUO_DATA_DIR", Files.createTempDirectory("continuo").toString());
        ContinuoProcess started = ContinuoProcess.start(settings);
        continuo = started;
        return started;
    }

    private List<String> clients() {
        return farm.ask(farm.primary(), "client", "list", "type", "normal")
                .lines()
                .filter(line -> line.startsWith("id=") && !line.contains("cmd=client"))
                .map(line -> line.substring("id=".length(), line.indexOf(' ')))
                .toList();
    }

    private static void hammer(List<Hammer> hammers, Duration duration) throws Exception {
        long end = System.nanoTime() + duration.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (Hammer hammer : hammers) {
            threads.add(Thread.startVirtualThread(() -> hammer.until(end)));
        }
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(60)))
                    .as("every request was answered")
                    .isTrue();
        }
    }

    /** Somebody who says large things, many at a time, whatever the answers. */
    private static final class Hammer {
        private static final int AT_ONCE = 20;

        private final Socket socket;
        private final String conversation = Rest.newId("conversations");
        private final AtomicInteger refused = new AtomicInteger();
        private final Set<String> unclear = ConcurrentHashMap.newKeySet();

        Hammer(String url, String user) throws Exception {
            String token = Rest.login(url, user).token();
            socket = Socket.open(url, token, "layer-2.0", "", packet -> {});
            JsonObject data = new JsonObject().put("id", conversation).put("participants", new JsonArray().add(user));
            socket.request("Conversation.create", null, data).get(20, TimeUnit.SECONDS);
        }

        void until(long end) {
            while (System.nanoTime() < end) {
                List<CompletableFuture<JsonObject>> answers = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    answers.add(say());
                }
                for (CompletableFuture<JsonObject> answer : answers) {
                    take(answer.orTimeout(50, TimeUnit.SECONDS).join());
                }
            }
        }

        private CompletableFuture<JsonObject> say() {
            JsonArray parts = new JsonArray();
            for (int i = 0; i < PARTS; i++) {
                parts.add(new JsonObject().put("mime_type", "text/plain").put("body", LARGE));
            }
            return socket.request(
                    "Message.create",
                    conversation,
                    new JsonObject().put("id", Rest.newId("messages")).put("parts", parts));
        }

        private void take(JsonObject answer) {
            if (!answer.getBoolean("success")) {
                String error = answer.getJsonObject("data").getString("id");
                if (RETRYABLE.contains(error)) {
                    refused.incrementAndGet();
                } else {
                    unclear.add(answer.encode());
                }
            }
        }
    }
}
