package io.continuo.messaging.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** How deliveries to webhooks go, on this instance. */
final class WebhookMetrics {
    private final Counter delivered;
    private final Counter failed;
    private final Counter dropped;
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong oldestSeconds = new AtomicLong();

    /** @param instance tells apart the instances of a process */
    WebhookMetrics(MeterRegistry registry, String instance) {
        delivered = Counter.builder("continuo.webhook.delivered")
                .description("Events that receivers have taken")
                .register(registry);
        failed = Counter.builder("continuo.webhook.failed")
                .description("Attempts at delivery that failed")
                .register(registry);
        dropped = Counter.builder("continuo.webhook.dropped")
                .description("Events that were let go undelivered: too many, or their webhook is no longer active")
                .register(registry);
        Gauge.builder("continuo.webhook.pending", pending, AtomicLong::get)
                .description("Events that wait for delivery")
                .tag("messaging", instance)
                .register(registry);
        Gauge.builder("continuo.webhook.oldest.seconds", oldestSeconds, AtomicLong::get)
                .description("How long the oldest of them has been waiting")
                .tag("messaging", instance)
                .register(registry);
    }

    void delivered() {
        delivered.increment();
    }

    void failed() {
        failed.increment();
    }

    void dropped(int events) {
        dropped.increment(events);
    }

    void backlog(long events, long oldestMs) {
        pending.set(events);
        oldestSeconds.set(oldestMs / 1_000);
    }
}
