package io.continuo.gateway.atmosphere.transport;

import io.continuo.gateway.atmosphere.wire.Kind;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.frame.Closing;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A request that is held until there is something to say (protocol/atmosphere.md §4). One text answers it; where texts may
 * be joined, all those of one turn of the event loop. Its head goes out at once, which older clients take for the
 * connection.
 */
public final class PollTransport implements Transport {
    private static final int MOST_CHARS = 65_536;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final boolean joins;
    private final String callback;
    private final StringBuilder texts = new StringBuilder();
    private @Nullable Listener listener;
    private boolean answered;
    private boolean closed;

    /**
     * @param joins whether several texts may make one answer; they must bear their length then
     * @param callback the function to call with them; empty for the bare texts
     */
    public PollTransport(Vertx vertx, HttpServerRequest request, boolean joins, String callback) {
        this.vertx = vertx;
        this.request = request;
        response = request.response();
        this.joins = joins;
        this.callback = callback;
    }

    @Override
    public Kind kind() {
        return callback.isEmpty() ? Kind.LONG_POLLING : Kind.JSONP;
    }

    @Override
    public void open(Listener hearing) {
        listener = hearing;
        response.closeHandler(nothing -> ended(Ending.LOST))
                .exceptionHandler(cause -> ended(Ending.LOST))
                .putHeader(
                        HttpHeaders.CONTENT_TYPE,
                        callback.isEmpty() ? "text/plain; charset=utf-8" : "application/javascript; charset=utf-8")
                .setChunked(true)
                .writeHead();
    }

    @Override
    public boolean isFull() {
        return answered || (!texts.isEmpty() && !joins) || texts.length() >= MOST_CHARS;
    }

    @Override
    public void greet(String text, String trackingId) {
        texts.append(text);
        answer();
    }

    @Override
    public void send(String text) {
        boolean first = texts.isEmpty();
        texts.append(text);
        if (!joins) {
            answer();
        } else if (first) {
            vertx.runOnContext(later -> answer());
        }
    }

    @Override
    public void prepare(String padding) {
        if (!answered && texts.isEmpty()) {
            texts.append(padding);
        }
    }

    @Override
    public boolean polls() {
        return true;
    }

    @Override
    public void close(CloseCode code) {
        closed = true;
        if (Transport.sendsAway(code)) {
            request.connection().shutdown();
        }
        if (answered && code == CloseCode.OVERLOADED) {
            Closing.cut(request);
        } else {
            answer();
        }
    }

    private void answer() {
        if (!answered) {
            answered = true;
            String body = callback.isEmpty()
                    ? texts.toString()
                    : "/**/" + callback + "({\"message\":" + Json.encode(texts.toString()) + "});";
            response.end(body).onComplete((done, failure) -> ended(failure == null ? Ending.ANSWERED : Ending.LOST));
        }
    }

    private void ended(Ending ending) {
        Listener told = listener;
        if (!closed && told != null) {
            closed = true;
            answered = true;
            told.ended(ending);
        }
    }
}
