package io.continuo.gateway;

import io.continuo.common.bus.ServiceClient;
import io.continuo.common.cluster.ClusterBus;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;

/**
 * Sees that a process has left the cluster or fallen silent, and gives up what it may still have been asked: clients that
 * wait for an answer learn at once that they are to ask again. Belongs to one event loop.
 */
final class Departures {
    private static final long EVERY_MS = 500;
    /** Who lives answers sooner, as a rule; who does not will be asked the same once more. */
    private static final Duration LATE = Duration.ofSeconds(1);
    /** For so long after somebody left, requests may still be sent there: the bus learns of it address by address. */
    private static final Duration UNAWARE = Duration.ofSeconds(2);

    private final ServiceClient services;
    private final Duration late;
    private Set<String> seen = Set.of();
    /** So many looks are still to give up something. */
    private int looks;

    Departures(ServiceClient services) {
        this(services, LATE);
    }

    /** @param late how long ago something was asked that is given up */
    Departures(ServiceClient services, Duration late) {
        this.services = services;
        this.late = late;
    }

    /** Looks again and again; where there is but one process there is nothing to see. */
    void watch(Vertx vertx) {
        if (vertx.isClustered()) {
            vertx.setPeriodic(EVERY_MS, tick -> look(ClusterBus.heardNodes(vertx)));
        }
    }

    void look(Set<String> nodes) {
        if (!nodes.containsAll(seen)) {
            looks = (int) (late.plus(UNAWARE).toMillis() / EVERY_MS) + 1;
        }
        seen = nodes;
        if (looks > 0) {
            looks--;
            services.giveUp(late);
        }
    }
}
