package io.continuo.messaging.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how often Redis was seen to hold less than it held before. */
public final class Rollbacks {
    private final Counter clients;
    private final Counter partitions;

    public Rollbacks(MeterRegistry meters) {
        clients = counter(meters, "client");
        partitions = counter(meters, "partition");
    }

    private static Counter counter(MeterRegistry meters, String seen) {
        return Counter.builder("continuo.redis.rollback")
                .description("Times that Redis was seen to hold less than it held before")
                .tag("seen", seen)
                .register(meters);
    }

    /** A client has had more than there is. */
    public void client() {
        clients.increment();
    }

    /** Changes of a partition are gone. */
    public void partition() {
        partitions.increment();
    }
}
