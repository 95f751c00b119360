package io.continuo.common.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a process gets on with Redis. Safe for all event loops. */
public final class RedisMetrics {
    private final Timer requests;
    private final Counter down;
    private final Counter errors;
    private final Counter reconnects;

    public RedisMetrics(MeterRegistry registry) {
        requests = Timer.builder("continuo.redis.requests")
                .description("Round trips to Redis, of one command, script or batch each")
                .serviceLevelObjectives(
                        Duration.ofNanos(250_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofMillis(2_500))
                .register(registry);
        down = failures(registry, "down");
        errors = failures(registry, "error");
        reconnects = Counter.builder("continuo.redis.reconnects")
                .description("Connections to Redis that have come back")
                .register(registry);
    }

    private static Counter failures(MeterRegistry registry, String kind) {
        return Counter.builder("continuo.redis.failures")
                .description("What Redis has not done: it was away (down), or would not (error)")
                .tag("kind", kind)
                .register(registry);
    }

    /** Watches a round trip that begins now. */
    <T extends @Nullable Object> Future<T> watch(Future<T> answer) {
        long sentAt = System.nanoTime();
        return answer.onComplete((done, failure) -> {
            if (failure == null) {
                requests.record(System.nanoTime() - sentAt, TimeUnit.NANOSECONDS);
            } else if (failure instanceof RedisDown) {
                down.increment();
            } else if (!RedisFailures.isUnknownScript(failure)) {
                errors.increment();
            }
        });
    }

    void reconnected() {
        reconnects.increment();
    }
}
