package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Adds endpoints to the router, each with the checks that it wants before. */
final class Endpoints {
    /** An announcement names its thousands of recipients. */
    private static final int BACKEND_BODY_BYTES = 2_097_152;
    /** Some ten thousand states. */
    private static final int SUBJECTS_BODY_BYTES = 16_777_216;

    private final Router router;
    private final Calls calls;
    private final SessionGate gate;
    private final BackendGate backends;
    private final BodyHandler body;
    private final BodyHandler backendBody;
    private final BodyHandler subjectsBody;
    private final Map<String, Set<String>> methods = new LinkedHashMap<>();

    Endpoints(Router router, Calls calls, SessionGate gate, BackendGate backends, int bodyBytes) {
        this.router = router;
        this.calls = calls;
        this.gate = gate;
        this.backends = backends;
        this.body = BodyHandler.create(false).setBodyLimit(bodyBytes);
        this.backendBody = BodyHandler.create(false).setBodyLimit(Math.max(bodyBytes, BACKEND_BODY_BYTES));
        this.subjectsBody = BodyHandler.create(false).setBodyLimit(Math.max(bodyBytes, SUBJECTS_BODY_BYTES));
    }

    /** For anyone, in no particular version. */
    Endpoints open(HttpMethod method, String path, Operation operation) {
        return add(method, path, calls::open, operation);
    }

    /** For anyone, in a version. */
    Endpoints versioned(HttpMethod method, String path, Operation operation) {
        return add(method, path, calls::versioned, operation);
    }

    /** For sessions, in a version. */
    Endpoints secured(HttpMethod method, String path, Operation operation) {
        return add(
                method,
                path,
                calls::versioned,
                call -> gate.admit(call.request()).compose(session -> operation.run(call.as(session.user()))));
    }

    /** For the backend of the app in the path, which starts with {@code /apps/:app} (§14.1). */
    Endpoints backend(HttpMethod method, String path, Operation operation) {
        return add(
                method, "/apps/:app" + path, backendBody, calls::server, call -> operation.run(backends.admit(call)));
    }

    /** The same in a version of webhooks (§14.2). */
    Endpoints webhooks(HttpMethod method, String path, Operation operation) {
        return add(method, "/apps/:app" + path, calls::webhooks, call -> operation.run(backends.admit(call)));
    }

    /** The same about subjects, which no version of Layer's knows. */
    Endpoints subjects(HttpMethod method, String path, Operation operation) {
        return add(method, "/apps/:app" + path, subjectsBody, calls::open, call -> operation.run(backends.admit(call)));
    }

    /** For anyone, and the operation itself reads the body. */
    Endpoints streamed(HttpMethod method, String path, Operation operation) {
        note(method, path);
        router.route(method, path).handler(handler(calls::open, operation));
        return this;
    }

    /** What has not matched until now names a path of ours with another method, or none at all (§12.2). */
    void refuseTheRest() {
        methods.forEach((path, known) -> router.route(path).handler(context -> {
            String allowed = String.join(", ", known);
            context.response().putHeader(HttpHeaders.ALLOW, allowed);
            decline(context, ErrorCode.METHOD_NOT_ALLOWED, "Allowed here: " + allowed + ".");
        }));
        router.route().handler(context -> decline(context, ErrorCode.INVALID_ENDPOINT, "There is no such endpoint."));
    }

    private Endpoints add(HttpMethod method, String path, Function<RoutingContext, Call> call, Operation operation) {
        return add(method, path, body, call, operation);
    }

    private Endpoints add(
            HttpMethod method,
            String path,
            BodyHandler reading,
            Function<RoutingContext, Call> call,
            Operation operation) {
        note(method, path);
        router.route(method, path).handler(reading).handler(handler(call, operation));
        return this;
    }

    private void note(HttpMethod method, String path) {
        methods.computeIfAbsent(path, first -> new TreeSet<>()).add(method.name());
    }

    private static Handler<RoutingContext> handler(Function<RoutingContext, Call> call, Operation operation) {
        return context -> operation.run(call.apply(context)).onFailure(context::fail);
    }

    private void decline(RoutingContext context, ErrorCode code, String message) {
        calls.open(context).fail(Reply.Failure.of(code, message));
    }

    /** What an endpoint does. Whatever its future fails with is answered by {@link Failures}. */
    @FunctionalInterface
    interface Operation {
        Future<?> run(Call call);
    }
}
