package io.continuo.gateway.socket.frame;

import io.continuo.common.event.Position;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import org.jspecify.annotations.Nullable;

/**
 * Writes one socket's packets (protocol/layer.md §5): home of their counter, and of the clock that stamps packets which
 * are not changes. That clock says up to when the client has been sent everything (§5.2), so it follows the changes
 * written, and Redis time only when nothing is missing. Belongs to one event loop.
 */
public final class SocketWriter {
    private final Timestamps timestamps;
    private final SocketMetrics metrics;
    private @Nullable WebSocket socket;
    private long next;
    private long clockMs;

    public SocketWriter(Timestamps timestamps, SocketMetrics metrics) {
        this.timestamps = timestamps;
        this.metrics = metrics;
    }

    /** @param clockMs up to when the client has everything, milliseconds since the epoch */
    public void open(WebSocket socket, long clockMs) {
        this.socket = socket;
        this.clockMs = clockMs;
    }

    /** From now on nothing is written. */
    public void shut() {
        socket = null;
    }

    /** Whether to wait for the socket to drain before writing more. */
    public boolean isFull() {
        return socket == null || socket.isClosed() || socket.writeQueueFull();
    }

    /** The counter of the packet that was written last; -1 before the first. */
    public long counter() {
        return next - 1;
    }

    /** A change of the client's history. It bears the time of its position, also when it is repeated (§6.2). */
    public void change(Position position, String body) {
        metrics.change();
        clockMs = Math.max(clockMs, position.ms());
        write("{\"type\":\"change\",\"timestamp\":\"" + timestamps.of(position.ms()) + "\",\"counter\":" + next++
                + ",\"position\":\"" + position.ms() + "-" + position.seq() + "\",\"body\":" + body + "}");
    }

    /** A change that no history holds: presence (§9.2). */
    public void ephemeralChange(String body) {
        metrics.signal();
        write(packet("change", body));
    }

    public void signal(String body) {
        metrics.signal();
        write(packet("signal", body));
    }

    public void operation(String body) {
        metrics.operation();
        write(packet("operation", body));
    }

    /** @param binary in a binary frame, as the request came in one */
    public void response(String body, boolean binary) {
        metrics.response();
        String packet = packet("response", body);
        if (binary && socket != null) {
            socket.writeBinaryMessage(Buffer.buffer(packet));
        } else {
            write(packet);
        }
    }

    /** The client has been sent everything up to {@code ms}. */
    public void proven(long ms) {
        clockMs = Math.max(clockMs, ms);
    }

    /** What came after {@code ms} will be sent again: until then nothing may claim a later time. */
    public void rewound(long ms) {
        clockMs = Math.min(clockMs, ms);
    }

    private String packet(String type, String body) {
        return "{\"type\":\"" + type + "\",\"timestamp\":\"" + timestamps.of(clockMs) + "\",\"counter\":" + next++
                + ",\"body\":" + body + "}";
    }

    private void write(String packet) {
        if (socket != null) {
            socket.writeTextMessage(packet);
        }
    }
}
