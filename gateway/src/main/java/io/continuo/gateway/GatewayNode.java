package io.continuo.gateway;

import io.continuo.common.admin.Readiness;
import io.continuo.common.canary.Canary;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.metrics.RequestMetrics;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the event loops of one gateway process have in common. Safe for all of them. */
final class GatewayNode {
    private final Settings settings;
    private final String id;
    private final Readiness readiness;
    private final MeterRegistry meters;
    private final SocketMetrics metrics;
    private final RequestMetrics requests;
    private final List<Canary> canaries = new CopyOnWriteArrayList<>();

    /** @param id unique to this run of the process */
    GatewayNode(Settings settings, String id, Readiness readiness, MeterRegistry meters) {
        this.settings = settings;
        this.id = id;
        this.readiness = readiness;
        this.meters = meters;
        metrics = new SocketMetrics(meters);
        requests = new RequestMetrics(meters);
        readiness.require("delivery", () -> canaries.stream().allMatch(Canary::isHeard));
    }

    Settings settings() {
        return settings;
    }

    String id() {
        return id;
    }

    Readiness readiness() {
        return readiness;
    }

    MeterRegistry meters() {
        return meters;
    }

    SocketMetrics metrics() {
        return metrics;
    }

    RequestMetrics requests() {
        return requests;
    }

    /** Makes the node ready only while a loop's canary is heard. */
    void dependOn(Canary canary) {
        canaries.add(canary);
    }
}
