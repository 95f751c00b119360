package io.continuo.gateway.atmosphere;

import io.continuo.gateway.socket.frame.Utf8;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The body of one push: a text of limited size. */
final class PushedText {
    private final HttpServerRequest request;
    private final int limit;
    private final Buffer body = Buffer.buffer();
    private final Promise<String> text = Promise.promise();

    /** What is wrong with a body. */
    private static final class Refused extends RuntimeException {
        private final int status;

        Refused(int status) {
            super("A push was refused", null, false, false);
            this.status = status;
        }
    }

    /** @param limit in bytes */
    PushedText(HttpServerRequest request, int limit) {
        this.request = request;
        this.limit = limit;
    }

    /** The HTTP status for a push whose body could not be read. */
    static int status(Throwable failure) {
        return failure instanceof Refused refused ? refused.status : 400;
    }

    Future<String> read() {
        request.handler(this::append)
                .endHandler(nothing -> end())
                .exceptionHandler(failure -> text.tryFail(new Refused(400)));
        return text.future();
    }

    private void append(Buffer bytes) {
        if (body.length() + bytes.length() > limit) {
            text.tryFail(new Refused(413));
        } else {
            body.appendBuffer(bytes);
        }
    }

    private void end() {
        String decoded = Utf8.decode(body.getBytes());
        if (decoded == null) {
            text.tryFail(new Refused(400));
        } else {
            text.tryComplete(decoded);
        }
    }
}
