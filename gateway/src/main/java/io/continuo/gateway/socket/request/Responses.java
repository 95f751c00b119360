package io.continuo.gateway.socket.request;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.dialect.Renderer;
import io.vertx.core.json.Json;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of response packets (protocol/layer.md §7.1). */
final class Responses {
    private final Dialect dialect;
    private final Renderer renderer;
    private final String user;

    Responses(Dialect dialect, Renderer renderer, String user) {
        this.dialect = dialect;
        this.renderer = renderer;
        this.user = user;
    }

    String to(String id, String method, Answer answer) {
        String head = "{\"request_id\":\"" + id + "\",\"method\":" + Json.encode(method);
        return switch (answer) {
            case Answer.Success success -> head + ",\"success\":true" + data(success.data()) + "}";
            case Answer.Failed failed -> head + failure(failed.failure()) + "}";
        };
    }

    /** To what has no {@code request_id}. */
    String toUnknown(Reply.Failure failure) {
        return "{" + failure(failure).substring(1) + "}";
    }

    private String failure(Reply.Failure failure) {
        return ",\"success\":false"
                + data(renderer.error(retryable(failure), user).encode());
    }

    /** Clients repeat a request over a socket only after {@code request_timeout} (§7.7); those of 1.0 not even then. */
    private Reply.Failure retryable(Reply.Failure failure) {
        boolean later =
                failure.code() == ErrorCode.SERVICE_UNAVAILABLE || failure.code() == ErrorCode.RATE_LIMIT_EXCEEDED;
        return later && dialect != Dialect.LAYER_1_0
                ? Reply.Failure.of(ErrorCode.REQUEST_TIMEOUT, failure.message())
                : failure;
    }

    private static String data(@Nullable String data) {
        return data == null ? "" : ",\"data\":" + data;
    }
}
