package io.continuo.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {
    @TempDir
    Path dir;

    @Test
    void findsItsDataAgain() throws Exception {
        try (EmbeddedRedis first = EmbeddedRedis.start(dir)) {
            assertThat(Wire.ask(first.uri(), "SET motif bourdon")).isEqualTo("+OK");
        }
        try (EmbeddedRedis second = EmbeddedRedis.start(dir)) {
            assertThat(Wire.ask(second.uri(), "GET motif")).isEqualTo("bourdon");
        }
    }

    @Test
    void keepsItsDataInAFolderWithAnAwkwardName() throws Exception {
        Path awkward = dir.resolve("my \"data\" \\ ça $(x)");
        try (EmbeddedRedis redis = EmbeddedRedis.start(awkward)) {
            assertThat(Wire.ask(redis.uri(), "SET a b")).isEqualTo("+OK");
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(awkward)) {
            assertThat(Wire.ask(redis.uri(), "GET a")).isEqualTo("b");
        }
    }

    @Test
    void neverEvictsAndWritesEverythingDown() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(dir)) {
            assertThat(Wire.ask(redis.uri(), "CONFIG GET maxmemory-policy")).isEqualTo("noeviction");
            assertThat(Wire.ask(redis.uri(), "CONFIG GET appendonly")).isEqualTo("yes");
            assertThat(Wire.ask(redis.uri(), "CONFIG GET appendfsync")).isEqualTo("everysec");
            assertThat(Wire.ask(redis.uri(), "CONFIG GET save")).isEmpty();
            assertThat(Wire.ask(redis.uri(), "CONFIG GET stream-node-max-bytes"))
                    .isEqualTo("1024");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(dir)) {
            String stranger =
                    "redis://:wrong@127.0.0.1:" + URI.create(redis.uri()).getPort();
            assertThat(Wire.ask(stranger, "GET a")).startsWith("-NOAUTH");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("redis.conf"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void refusesASecondOwner() {
        try (EmbeddedRedis owner = EmbeddedRedis.start(dir)) {
            assertThatThrownBy(() -> EmbeddedRedis.start(dir))
                    .isInstanceOf(EmbeddedRedisException.class)
                    .hasMessageContaining("in use by another Continuo process")
                    .hasMessageContaining(dir.toString());
            assertThat(Wire.answers(owner.uri())).isTrue();
        }
    }

    @Test
    void comesBackByItselfOnTheSamePort() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(dir)) {
            Wire.ask(redis.uri(), "SET motif bourdon");
            redisIn(dir).destroyForcibly();
            await().atMost(10, SECONDS).until(() -> Wire.answers(redis.uri()));
            assertThat(Wire.ask(redis.uri(), "GET motif")).isEqualTo("bourdon");
        }
    }

    @Test
    void staysAwayWhenKilledUntilRestarted() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.temporary()) {
            Wire.ask(redis.uri(), "SET motif bourdon");
            String uri = redis.uri();
            redis.kill();
            assertThat(Wire.answers(uri)).isFalse();
            redis.restart();
            assertThat(redis.uri()).isEqualTo(uri);
            assertThat(Wire.ask(uri, "GET motif")).isEqualTo("bourdon");
        }
    }

    @Test
    void leavesNothingBehindWhenTemporary() {
        EmbeddedRedis redis = EmbeddedRedis.temporary();
        Path folder = redis.folder();
        assertThat(folder).exists();
        redis.close();
        redis.close();
        assertThat(folder).doesNotExist();
        assertThat(Wire.answers(redis.uri())).isFalse();
    }

    static ProcessHandle redisIn(Path dir) {
        return Orphan.find(dir.resolve("redis.pid"), dir.resolve("redis.conf")).orElseThrow();
    }
}
