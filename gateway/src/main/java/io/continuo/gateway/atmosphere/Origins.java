package io.continuo.gateway.atmosphere;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;

/** Which pages may come (protocol/atmosphere.md §4): those that the project's other routes and sockets allow. */
final class Origins {
    private static final String METHODS = "OPTIONS, GET, POST";
    private static final String HEADERS = "Content-Type, Authorization, X-Atmosphere-Framework,"
            + " X-Atmosphere-tracking-id, X-Atmosphere-Transport, X-Atmosphere-TrackMessageSize, X-atmo-protocol,"
            + " X-Heartbeat-Server, X-Cache-Date, Last-Event-ID, Cache-Control";
    private static final String MAX_AGE_SECONDS = "600";

    private final Set<String> allowed;

    /** @param allowed origins; empty allows all */
    Origins(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** Whether the request's page may come; who comes from no page always may. Tells the browser so. */
    boolean admits(HttpServerRequest request) {
        MultiMap headers = request.response().headers();
        headers.add(HttpHeaders.VARY, "Origin");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return true;
        }
        if (!allowed.isEmpty() && !allowed.contains(origin)) {
            return false;
        }
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        return true;
    }

    /** Answers what a browser asks before it sends the page's request. */
    void preflight(HttpServerResponse response) {
        response.setStatusCode(200)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS)
                .end();
    }
}
