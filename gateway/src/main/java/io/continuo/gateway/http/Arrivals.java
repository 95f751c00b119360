package io.continuo.gateway.http;

import io.continuo.common.trace.Trace;
import io.continuo.common.trace.TraceId;
import io.continuo.gateway.api.Operation;
import io.continuo.gateway.metrics.RequestMetrics;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first that happens to every request of HTTP: it is given the id that its client has given it, or a new one, and is
 * counted once it is answered.
 */
final class Arrivals implements Handler<RoutingContext> {
    /** Bears the id of the request, both ways. */
    static final String REQUEST_ID = "X-Request-Id";

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    private static final String OPERATION = "operation";

    private final RequestMetrics metrics;

    Arrivals(RequestMetrics metrics) {
        this.metrics = metrics;
    }

    /** Tells what a request turns out to ask for. */
    static void name(RoutingContext context, Operation operation) {
        context.put(OPERATION, operation.name());
    }

    @Override
    public void handle(RoutingContext context) {
        long beganAt = System.nanoTime();
        String id = TraceId.of(
                        context.request().getHeader("traceparent"),
                        context.request().getHeader(REQUEST_ID))
                .orElseGet(Trace::fresh);
        Trace.begin(id);
        context.response().putHeader(REQUEST_ID, id);
        LOG.debug("A {} request arrives", context.request().method());
        context.addEndHandler(ended -> {
            int status = context.response().getStatusCode();
            String operation = Objects.requireNonNullElse(context.get(OPERATION), RequestMetrics.OTHER);
            LOG.debug("{} is answered: {}", operation, status);
            metrics.answered(operation, RequestMetrics.Way.REST, status, beganAt);
        });
        context.next();
    }
}
