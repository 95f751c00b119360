package io.continuo.gateway.atmosphere;

import io.continuo.gateway.atmosphere.wire.Framing;
import io.continuo.gateway.atmosphere.wire.Kind;
import io.continuo.gateway.atmosphere.wire.Parameters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Who wants to be held by a gateway that goes away. New clients are refused. One that comes back would take a refusal for
 * the end (protocol/atmosphere.md §1): after a moment it gets padding, and its connection ends, so that it comes again by
 * another one.
 */
final class LateComer {
    private static final int PATIENCE_MS = 300;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Parameters parameters;

    LateComer(Vertx vertx, HttpServerRequest request, Parameters parameters) {
        this.vertx = vertx;
        this.request = request;
        this.parameters = parameters;
    }

    void answer() {
        var response = request.response();
        boolean events = parameters.kind() == Kind.SSE;
        boolean comesBack = events || parameters.kind() == Kind.STREAMING || parameters.kind() == Kind.LONG_POLLING;
        if (!comesBack || parameters.trackingId().isEmpty()) {
            response.setStatusCode(503).end();
            return;
        }
        String padding = new Framing(parameters.framed()).padding();
        response.putHeader(HttpHeaders.CONTENT_TYPE, events ? "text/event-stream; charset=utf-8" : "text/plain")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .setChunked(true)
                .writeHead();
        vertx.setTimer(PATIENCE_MS, over -> {
            if (!response.closed()) {
                response.end(events ? "data:" + padding + "\r\n\r\n" : padding);
            }
        });
    }
}
