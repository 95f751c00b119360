package io.continuo.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of Redis when the process that owns it is killed with -9. */
class OwnerDeathTest {
    @TempDir
    Path dir;

    private Process owner;
    private String uri;

    @BeforeEach
    void startOwner() throws IOException {
        owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        uri = owner.inputReader()
                .lines()
                .filter(line -> line.startsWith("redis:"))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void stopOwner() {
        owner.destroyForcibly();
    }

    @Test
    void takesRedisAlong() throws Exception {
        ProcessHandle redis = EmbeddedRedisTest.redisIn(dir);
        ProcessHandle watchdog = redis.parent().orElseThrow();
        kill(owner.toHandle());
        await().atMost(10, SECONDS).until(() -> !redis.isAlive() && !watchdog.isAlive());
        assertThat(Wire.answers(uri)).isFalse();
    }

    @Test
    void losesNothingThatRedisHadAccepted() throws Exception {
        Wire.ask(uri, "SET motif bourdon");
        kill(owner.toHandle());
        try (EmbeddedRedis next = EmbeddedRedis.start(dir)) {
            assertThat(Wire.ask(next.uri(), "GET motif")).isEqualTo("bourdon");
        }
    }

    @Test
    void reapsARedisWhoseWatchdogWasKilledToo() throws Exception {
        Wire.ask(uri, "SET motif bourdon");
        ProcessHandle redis = EmbeddedRedisTest.redisIn(dir);
        freeze(owner.toHandle());
        // The watchdog is two shells: one waits for Redis, its child for us.
        ProcessHandle watchdog = redis.parent().orElseThrow();
        watchdog.children().filter(child -> !child.equals(redis)).forEach(ProcessHandle::destroyForcibly);
        watchdog.destroyForcibly();
        kill(owner.toHandle());
        assertThat(redis.isAlive()).isTrue();
        try (EmbeddedRedis next = EmbeddedRedis.start(dir)) {
            assertThat(redis.isAlive()).isFalse();
            assertThat(Wire.ask(next.uri(), "GET motif")).isEqualTo("bourdon");
        }
    }

    @Test
    void doesNotLetASecondProcessInWhileItLives() {
        assertThatThrownBy(() -> EmbeddedRedis.start(dir)).hasMessageContaining("in use by another Continuo process");
    }

    private static void freeze(ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void kill(ProcessHandle process) throws Exception {
        process.destroyForcibly();
        process.onExit().get(10, SECONDS);
    }
}
