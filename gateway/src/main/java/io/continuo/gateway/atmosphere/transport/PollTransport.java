package io.continuo.gateway.atmosphere.transport;

import io.continuo.gateway.socket.frame.CloseCode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A request that is held until there is something to say (protocol/atmosphere.md §4). One text answers it; where texts bear
 * their length, all those of one turn of the event loop. Its head goes out at once, which older clients take for the
 * connection.
 */
public final class PollTransport implements Transport {
    private static final int MOST_CHARS = 65_536;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final boolean framed;
    private final String callback;
    private final StringBuilder texts = new StringBuilder();
    private @Nullable Listener listener;
    private boolean answered;
    private boolean closed;

    /**
     * @param framed whether texts bear their length
     * @param callback the function to call with them; empty for the bare texts
     */
    public PollTransport(Vertx vertx, HttpServerResponse response, boolean framed, String callback) {
        this.vertx = vertx;
        this.response = response;
        this.framed = framed;
        this.callback = callback;
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
        return answered || (!texts.isEmpty() && !framed) || texts.length() >= MOST_CHARS;
    }

    @Override
    public void greet(String text) {
        texts.append(text);
        answer();
    }

    @Override
    public void send(String text) {
        boolean first = texts.isEmpty();
        texts.append(text);
        if (!framed) {
            answer();
        } else if (first) {
            vertx.runOnContext(later -> answer());
        }
    }

    @Override
    public boolean polls() {
        return true;
    }

    @Override
    public void close(CloseCode code) {
        closed = true;
        answer();
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
