package io.continuo.gateway;

import io.continuo.common.admin.Readiness;
import io.continuo.common.canary.Proof;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.atmosphere.visit.VisitMetrics;
import io.continuo.gateway.metrics.RequestMetrics;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.micrometer.core.instrument.MeterRegistry;

/** What the event loops of one gateway process have in common. Safe for all of them. */
final class GatewayNode {
    private final Settings settings;
    private final String id;
    private final Readiness readiness;
    private final MeterRegistry meters;
    private final SocketMetrics metrics;
    private final RequestMetrics requests;
    private final VisitMetrics visits;
    private final Proof proof;

    /** @param id unique to this run of the process */
    GatewayNode(Settings settings, String id, Readiness readiness, MeterRegistry meters) {
        this.settings = settings;
        this.id = id;
        this.readiness = readiness;
        this.meters = meters;
        metrics = new SocketMetrics(meters);
        requests = new RequestMetrics(meters);
        visits = new VisitMetrics(meters);
        proof = new Proof("delivery", settings.node().canaryLate(), readiness, meters);
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

    VisitMetrics visits() {
        return visits;
    }

    /** That events reach its loops. */
    Proof proof() {
        return proof;
    }
}
