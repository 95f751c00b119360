package io.continuo.common.canary;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Way way = new Way();
    private final Canary canary = new Canary(vertx, PATIENCE, meters, way);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void isNotHeardBeforeItsFirstSongHasComeThrough() {
        way.open = false;
        start();
        await().atMost(10, SECONDS).until(() -> way.songs.get() > 2);
        assertThat(canary.isHeard()).isFalse();
        way.open = true;
        await().atMost(10, SECONDS).until(canary::isHeard);
    }

    @Test
    void fallsSilentWithItsWayAndHasItRepairedEverMoreRarely() {
        start();
        await().atMost(10, SECONDS).until(canary::isHeard);
        way.open = false;
        await().atMost(10, SECONDS).until(() -> !canary.isHeard());
        await().atMost(10, SECONDS).until(() -> way.repairs.get() == 3);
        assertThat(way.recoveries).hasValue(0);
        assertThat(meters.counter("continuo.canary.late").count()).isPositive();
        // 1 + 2 + 4 patiences, or nearly twelve songs between.
        assertThat(way.songs.get()).isGreaterThan(20);
        way.open = true;
        await().atMost(10, SECONDS).until(canary::isHeard);
        await().atMost(10, SECONDS).until(() -> way.recoveries.get() == 1);
        assertThat(meters.timer("continuo.canary").count()).isPositive();
    }

    @Test
    void isNotHeardWhereEverythingComesTooLate() {
        way.delayMs = 2 * PATIENCE.toMillis();
        start();
        await().atMost(10, SECONDS).until(() -> way.arrivals.get() > 2);
        assertThat(canary.isHeard()).isFalse();
        assertThat(meters.timer("continuo.canary").count()).isZero();
    }

    private void start() {
        vertx.runOnContext(now -> canary.start());
    }

    /** Brings the songs back to the canary, or does not. */
    private final class Way implements Canary.Keeper {
        private final AtomicInteger songs = new AtomicInteger();
        private final AtomicInteger arrivals = new AtomicInteger();
        private final AtomicInteger repairs = new AtomicInteger();
        private final AtomicInteger recoveries = new AtomicInteger();
        private volatile boolean open = true;
        private volatile long delayMs = 1;

        @Override
        public void sing(long number) {
            songs.incrementAndGet();
            if (open) {
                vertx.setTimer(delayMs, arrived -> {
                    canary.heard(number);
                    arrivals.incrementAndGet();
                });
            }
        }

        @Override
        public void repair() {
            repairs.incrementAndGet();
        }

        @Override
        public void recovered() {
            recoveries.incrementAndGet();
        }
    }
}
