package io.continuo.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of allowed origins call us, with credentials, which needs the exact origin (protocol/layer.md §13.1). To
 * other origins we say nothing, so that their browsers keep our answers from them.
 */
final class Cors implements Handler<RoutingContext> {
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, HEAD";
    private static final String HEADERS = "accept, authorization, content-type, client-id, layer-xdk-version,"
            + " upload-content-type, upload-content-length, upload-origin, x-http-method-override, if-none-match,"
            + " traceparent, x-request-id";
    private static final String EXPOSED =
            "Layer-Count, Layer-Conversation-Is-Syncing, Link, Location, Continuo-Position, X-Request-Id";
    private static final String MAX_AGE_SECONDS = "600";

    private final Set<String> allowed;

    /** @param allowed origins; empty allows all */
    Cors(Set<String> allowed) {
        this.allowed = allowed;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        MultiMap headers = context.response().headers();
        headers.add(HttpHeaders.VARY, "Origin");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (isAllowed(origin)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                    .set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        if (request.method() == HttpMethod.OPTIONS) {
            preflight(context, isAllowed(origin));
        } else {
            context.next();
        }
    }

    private static void preflight(RoutingContext context, boolean isAllowed) {
        if (isAllowed) {
            context.response()
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        }
        context.response().setStatusCode(204).end();
    }

    private boolean isAllowed(@Nullable String origin) {
        return origin != null && (allowed.isEmpty() || allowed.contains(origin));
    }
}
