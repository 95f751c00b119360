package io.continuo.common.admin;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures how late an event loop is: by how much a timer of 100 ms misses its time. To be deployed once per event loop,
 * one after the other; all of them feed one timer.
 */
public final class EventLoopDelayVerticle extends VerticleBase {
    private static final long INTERVAL_MS = 100;

    private final Timer timer;
    private long expected;

    public EventLoopDelayVerticle(MeterRegistry registry) {
        timer = Timer.builder("continuo.event.loop.delay")
                .description("How late timers of the event loops are")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(registry);
    }

    @Override
    public Future<?> start() {
        schedule();
        return Future.succeededFuture();
    }

    private void schedule() {
        expected = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(INTERVAL_MS);
        vertx.setTimer(INTERVAL_MS, fired -> {
            timer.record(Math.max(0, System.nanoTime() - expected), TimeUnit.NANOSECONDS);
            schedule();
        });
    }
}
