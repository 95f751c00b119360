package io.continuo.gateway.atmosphere.transport;

import io.continuo.gateway.atmosphere.wire.Kind;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.frame.Closing;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * A held GET whose answer grows, bare or as server-sent events (protocol/atmosphere.md §4). Nothing tells what of it has
 * arrived.
 *
 * <p>Clients of a bare stream take for a message what a chunk of the answer brings. So each text is a chunk, and where texts
 * do not bear their length, the next one waits a little.
 */
public final class StreamTransport implements Transport {
    private static final int APART_MS = 25;

    /** How the answer is written. */
    public enum Form {
        BARE,
        EVENTS
    }

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Form form;
    private final boolean paced;
    private @Nullable Listener listener;
    private boolean closed;
    private boolean resting;

    /** @param framed whether texts bear their length */
    public StreamTransport(Vertx vertx, HttpServerRequest request, Form form, boolean framed) {
        this.vertx = vertx;
        this.request = request;
        response = request.response();
        this.form = form;
        paced = form == Form.BARE && !framed;
    }

    @Override
    public Kind kind() {
        return form == Form.EVENTS ? Kind.SSE : Kind.STREAMING;
    }

    @Override
    public void open(Listener listener) {
        this.listener = listener;
        response.closeHandler(nothing -> lost(listener))
                .exceptionHandler(cause -> lost(listener))
                .drainHandler(nothing -> drained());
        response.putHeader(
                        HttpHeaders.CONTENT_TYPE,
                        form == Form.EVENTS ? "text/event-stream; charset=utf-8" : "text/plain; charset=utf-8")
                .setChunked(true)
                .writeHead();
    }

    @Override
    public boolean isFull() {
        return closed || resting || response.writeQueueFull();
    }

    @Override
    public void greet(String text, String trackingId) {
        if (form == Form.BARE) {
            write(text);
            rest();
        } else if (!closed) {
            // A browser connects again by itself, to the same URL and with the id of the last event.
            response.write("id:" + trackingId + "\r\n" + event(text));
        }
    }

    @Override
    public void send(String text) {
        write(text);
        if (paced) {
            rest();
        }
    }

    @Override
    public void close(CloseCode code) {
        if (!closed) {
            closed = true;
            if (code == CloseCode.OVERLOADED) {
                Closing.cut(request);
            } else {
                if (Transport.sendsAway(code)) {
                    request.connection().shutdown();
                }
                response.end();
            }
        }
    }

    private void write(String text) {
        if (!closed) {
            response.write(form == Form.EVENTS ? event(text) : text);
        }
    }

    private void rest() {
        resting = true;
        vertx.setTimer(APART_MS, over -> {
            resting = false;
            drained();
        });
    }

    private void drained() {
        Listener told = listener;
        if (!closed && told != null) {
            told.drained();
        }
    }

    private static String event(String text) {
        StringBuilder event = new StringBuilder(text.length() + 16);
        text.lines().forEach(line -> event.append("data:").append(line).append("\r\n"));
        return event.append("\r\n").toString();
    }

    private void lost(Listener listener) {
        if (!closed) {
            closed = true;
            listener.ended(Ending.LOST);
        }
    }
}
