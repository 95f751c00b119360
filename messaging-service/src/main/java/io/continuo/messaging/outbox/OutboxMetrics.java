package io.continuo.messaging.outbox;

import io.continuo.common.bus.BusMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How the fan-out of one instance goes. Belongs to its event loop; the gauges are read by any thread. */
public final class OutboxMetrics {
    private final BusMetrics bus;
    private final Counter appended;
    private final Counter backlog;
    private volatile double entries;
    private volatile double oldestSeconds;

    /** @param instance tells apart the instances of a process */
    public OutboxMetrics(MeterRegistry registry, String instance) {
        bus = new BusMetrics(registry);
        appended = Counter.builder("continuo.positions.appended")
                .description("Positions appended to histories")
                .register(registry);
        backlog = Counter.builder("continuo.drops")
                .description("What was not brought on, and why: it need not be, or is found in the history")
                .tag("reason", "backlog")
                .register(registry);
        Gauge.builder("continuo.outbox.entries", this, metrics -> metrics.entries)
                .description("Accepted changes that are not in all histories yet, of the partitions of an instance")
                .tag("messaging", instance)
                .register(registry);
        Gauge.builder("continuo.outbox.age.seconds", this, metrics -> metrics.oldestSeconds)
                .description("How long ago the oldest of them was accepted")
                .tag("messaging", instance)
                .register(registry);
    }

    BusMetrics bus() {
        return bus;
    }

    /** @param positions in as many histories as have it now */
    void appended(long positions) {
        appended.increment((double) positions);
    }

    /** Batches that a gateway loop is too slow for; its clients read their histories. */
    void dropped(int batches) {
        backlog.increment(batches);
    }

    /** @param oldestMs how long ago the oldest was accepted */
    void waiting(long changes, long oldestMs) {
        entries = (double) changes;
        oldestSeconds = (double) oldestMs / 1_000;
    }
}
