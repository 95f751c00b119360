package io.continuo.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.standalone.process.ContinuoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chat page and the console in a real headless Chromium. */
class ChatPageIT {
    private static final Path BROWSER = Path.of("browser");
    private static final String CHROMIUM =
            Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium");

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void twoPeopleChatAndOneIsCutAndRecovers() throws Exception {
        Node.require(Node.isThere(), "Node.js is not installed: the test of the chat page is left out");
        Node.require(
                Files.isExecutable(Path.of(CHROMIUM)),
                "There is no Chromium at " + CHROMIUM + ": the test of the chat page is left out");
        Node.install(BROWSER);
        String serverToken = UUID.randomUUID().toString();
        ContinuoProcess continuo = ContinuoProcess.start(Map.of(
                "CONTINUO_DATA_DIR",
                Files.createTempDirectory("continuo").toString(),
                "CONTINUO_SERVER_TOKENS",
                serverToken));
        int code = Node.exitCode(
                BROWSER,
                Map.of("CONTINUO_URL", continuo.url(), "CONTINUO_SERVER_TOKEN", serverToken, "CHROMIUM", CHROMIUM),
                "npm",
                "test");
        continuo.stop();
        assertThat(code).as("exit code of the test; what it prints is above").isZero();
    }
}
