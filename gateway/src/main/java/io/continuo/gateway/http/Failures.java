package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.gateway.admission.Busy;
import io.continuo.gateway.auth.AuthException;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where what went wrong becomes an HTTP answer (protocol/layer.md §12). */
final class Failures implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;

    private final Calls calls;
    private final Authenticator authenticator;

    Failures(Calls calls, Authenticator authenticator) {
        this.calls = calls;
        this.authenticator = authenticator;
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        if (context.response().headWritten()) {
            context.response().reset();
            return;
        }
        Call call = calls.open(context);
        switch (context.failure()) {
            case null -> byStatus(call, context.statusCode());
            case BadRequest bad -> call.fail(bad.failure());
            case Declined declined -> call.fail(declined.failure());
            case AuthException refused -> refused(call, refused);
            case Busy busy ->
                call.failFor(
                        busy.retryAfterSeconds(),
                        Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, String.valueOf(busy.getMessage())));
            case HttpClosedException ignored -> context.response().reset();
            default -> unforeseen(call, context);
        }
    }

    private void refused(Call call, AuthException refused) {
        switch (refused.failure()) {
            case APP_SUSPENDED -> call.fail(Reply.Failure.of(ErrorCode.APP_SUSPENDED, "The app is suspended."));
            case UNAVAILABLE ->
                call.fail(Reply.Failure.of(
                        ErrorCode.SERVICE_UNAVAILABLE, "The keys of the app's provider cannot be fetched; try again."));
            default -> unauthenticated(call);
        }
    }

    /** Without a fresh nonce a client would stay logged out for ever (§3.5). */
    private void unauthenticated(Call call) {
        JsonObject error =
                call.error(Reply.Failure.of(ErrorCode.AUTHENTICATION_REQUIRED, "This needs a session that is alive."));
        error.put("data", new JsonObject().put("nonce", authenticator.newNonce()));
        call.json(ErrorCode.AUTHENTICATION_REQUIRED.httpStatus(), error.encode());
    }

    private static void unforeseen(Call call, RoutingContext context) {
        if (context.statusCode() >= 400 && context.statusCode() < 500) {
            byStatus(call, context.statusCode());
            return;
        }
        // Neither path nor query: both may hold a session token.
        LOG.error("A {} request failed", context.request().method(), context.failure());
        call.fail(Reply.Failure.of(ErrorCode.INTERNAL_SERVER_ERROR, "Something went wrong on our side."));
    }

    /** What the router itself refuses. */
    private static void byStatus(Call call, int status) {
        switch (status) {
            case NOT_FOUND -> call.fail(Reply.Failure.of(ErrorCode.INVALID_ENDPOINT, "There is no such endpoint."));
            case TOO_LARGE -> call.json(status, malformed(call, "The body is too large."));
            default ->
                call.json(ErrorCode.INVALID_REQUEST.httpStatus(), malformed(call, "The request cannot be understood."));
        }
    }

    private static String malformed(Call call, String message) {
        return call.error(Reply.Failure.of(ErrorCode.INVALID_REQUEST, message)).encode();
    }
}
