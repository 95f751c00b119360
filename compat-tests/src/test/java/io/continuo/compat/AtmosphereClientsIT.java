package io.continuo.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.redis.EmbeddedRedis;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The unmodified atmosphere.js from npm, under Node.js and in a real Chromium, against the gateways of a cluster. */
class AtmosphereClientsIT {
    private static final Path ATMOSPHERE = Path.of("atmosphere");
    private static final String SERVER_TOKEN = "a-token-of-the-back-end";
    private static final String CHROMIUM =
            Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium");

    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void theClientsSubscribeAndGoOnAsTheyAre() throws Exception {
        Node.require(Node.isThere(), "Node.js is not installed: the tests with atmosphere.js are left out");
        Node.install(ATMOSPHERE);
        // The clients that are written by hand do not come back when they are sent to another gateway.
        Map<String, String> settings = Map.of(
                "CONTINUO_MOVES_PER_SECOND", "0",
                "CONTINUO_SERVER_TOKENS", SERVER_TOKEN,
                "CONTINUO_ATMOSPHERE_HEARTBEAT_SECONDS", "2",
                "CONTINUO_ATMOSPHERE_SESSION_SECONDS", "20");
        try (EmbeddedRedis redis = EmbeddedRedis.temporary();
                Processes cluster = new Processes(redis.uri(), settings)) {
            cluster.startMessaging();
            cluster.startPresence();
            List<ContinuoProcess> gateways = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                gateways.add(cluster.startGateway());
            }
            String urls =
                    String.join(",", gateways.stream().map(ContinuoProcess::url).toList());
            int code = Node.exitCode(
                    ATMOSPHERE,
                    Map.of(
                            "CONTINUO_URLS",
                            urls,
                            "CONTINUO_VICTIM",
                            Long.toString(gateways.getFirst().pid()),
                            "CONTINUO_SERVER_TOKEN",
                            SERVER_TOKEN,
                            "CHROMIUM",
                            Files.isExecutable(Path.of(CHROMIUM)) ? CHROMIUM : ""),
                    "npm",
                    "test");
            assertThat(code)
                    .as("exit code of the tests; what they print is above")
                    .isZero();
        }
    }
}
