package io.continuo.common.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.continuo.common.redis.HeartbeatVerticle;
import io.continuo.common.settings.RedisSettings;
import io.continuo.common.settings.Settings;
import io.continuo.redis.EmbeddedRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SplitWatchTest {
    private final EmbeddedRedis redis = EmbeddedRedis.temporary();
    private final RedisSettings settings =
            Settings.of(Map.of("CONTINUO_REDIS", redis.uri())).redis();
    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<Set<String>> seen = new AtomicReference<>(Set.of("a", "b", "c"));
    private final AtomicBoolean told = new AtomicBoolean();

    @AfterEach
    void stop() {
        vertx.close().await();
        redis.close();
    }

    @Test
    void tellsWhoIsAloneThatTheOthersGoOn() {
        for (String other : Set.of("b", "c")) {
            vertx.deployVerticle(new HeartbeatVerticle(settings, other, new SimpleMeterRegistry()))
                    .await();
        }
        vertx.deployVerticle(new SplitWatch(settings, seen::get, () -> told.set(true)))
                .await();
        await().atMost(10, SECONDS).pollDelay(2, SECONDS).until(() -> !told.get());

        seen.set(Set.of("a"));

        await().atMost(20, SECONDS).untilTrue(told);
    }
}
