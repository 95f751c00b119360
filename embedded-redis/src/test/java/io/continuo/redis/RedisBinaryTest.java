package io.continuo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisBinaryTest {
    @TempDir
    Path dir;

    @Test
    void bringsAProgramAlongThatRunsHere() throws Exception {
        DataFolder folder = DataFolder.claim(dir);
        RedisBinary bundled = RedisBinary.findBundled(dir).orElseThrow();
        assertThat(bundled.major()).isEqualTo(6);
        assertThat(bundled.program()).startsWith(dir);
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder, bundled, false)) {
            assertThat(Wire.ask(redis.uri(), "XADD s 1-1 a b")).isEqualTo("1-1");
        }
    }

    @Test
    void neverStartsEmptyBesideDataThatItCannotRead() throws Exception {
        DataFolder folder = DataFolder.claim(dir);
        Files.createDirectory(dir.resolve("appendonlydir"));
        RedisBinary bundled = RedisBinary.findBundled(dir).orElseThrow();
        assertThatThrownBy(() -> EmbeddedRedis.start(folder, bundled, false))
                .isInstanceOf(EmbeddedRedisException.class)
                .hasMessageContaining("was written by Redis 7 or later");
        folder.close();
    }
}
