package io.continuo.common.admin;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * The port for those who run a node, apart from that of its users: {@code /health/live} says 200 as long as an event loop
 * turns, {@code /health/ready} says 200 or 503, {@code /metrics} is for Prometheus.
 */
public final class AdminServer extends VerticleBase {
    private final String host;
    private final int port;
    private final Readiness readiness;
    private final PrometheusMeterRegistry registry;
    private volatile int actualPort;

    /** @param port 0 takes a free one */
    public AdminServer(String host, int port, Readiness readiness, PrometheusMeterRegistry registry) {
        this.host = host;
        this.port = port;
        this.readiness = readiness;
        this.registry = registry;
    }

    /** Fails with a {@link java.net.BindException} when the port is in use. */
    @Override
    public Future<?> start() {
        return vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(port, host)
                .onSuccess(server -> actualPort = server.actualPort());
    }

    /** Where it listens, once started. */
    public int actualPort() {
        return actualPort;
    }

    private void answer(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            end(request, 405, "text/plain", "Only GET.\n");
            return;
        }
        switch (request.path()) {
            case "/health/live" -> end(request, 200, "application/json", "{\"live\":true}");
            case "/health/ready" -> ready(request);
            case "/metrics" -> metrics(request);
            default -> end(request, 404, "text/plain", "Try /health/live, /health/ready or /metrics.\n");
        }
    }

    private void ready(HttpServerRequest request) {
        Readiness.Report report = readiness.report();
        end(request, report.status(), "application/json", report.json());
    }

    /** Off the event loop: it grows with the number of meters. */
    private void metrics(HttpServerRequest request) {
        vertx.executeBlocking(registry::scrape, false)
                .onSuccess(text -> end(request, 200, "text/plain; version=0.0.4; charset=utf-8", text))
                .onFailure(failure -> end(request, 500, "text/plain", "No metrics: " + failure.getMessage() + "\n"));
    }

    private static void end(HttpServerRequest request, int status, String type, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .end(body);
    }
}
