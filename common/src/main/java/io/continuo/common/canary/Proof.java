package io.continuo.common.canary;

import io.continuo.common.admin.Readiness;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes a process ready only while all canaries of one kind are heard. Safe for use by several threads. */
public final class Proof {
    private final Duration patience;
    private final MeterRegistry meters;
    private final List<Canary> canaries = new CopyOnWriteArrayList<>();

    /**
     * @param name what is proved, in a word
     * @param patience see {@link Canary}
     */
    public Proof(String name, Duration patience, Readiness readiness, MeterRegistry meters) {
        this.patience = patience;
        this.meters = meters;
        readiness.require(name, () -> canaries.stream().allMatch(Canary::isHeard));
    }

    /** Where its process counts. */
    public MeterRegistry meters() {
        return meters;
    }

    /** One more canary to depend on. */
    public Canary canary(Vertx vertx, Canary.Keeper keeper) {
        Canary canary = new Canary(vertx, patience, meters, keeper);
        canaries.add(canary);
        return canary;
    }
}
