package io.continuo.gateway.socket.request;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** What a request has come to. */
public sealed interface Answer {

    /** @param data JSON text; null for none */
    record Success(@Nullable String data) implements Answer {
        static final Success EMPTY = new Success("{}");
    }

    record Failed(Reply.Failure failure) implements Answer {}

    static Answer failed(ErrorCode code, String message) {
        return new Failed(Reply.Failure.of(code, message));
    }

    static Future<Answer> now(Answer answer) {
        return Future.succeededFuture(answer);
    }
}
