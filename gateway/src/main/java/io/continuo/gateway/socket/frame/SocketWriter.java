package io.continuo.gateway.socket.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.continuo.common.event.Position;
import io.continuo.gateway.dialect.Packet;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.netty.buffer.ByteBuf;
import io.vertx.core.http.WebSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one socket's packets (protocol/layer.md §5): home of their counter, and of the clock that stamps packets which
 * are not changes. That clock says up to when the client has been sent everything (§5.2), so it follows the changes
 * written, and Redis time only when nothing is missing. Belongs to one event loop.
 *
 * <p>Bodies are JSON as UTF-8. They are copied into a packet and stay as they are, so sockets can share them.
 */
public final class SocketWriter {
    /** Enough for what a packet has around its body, in bytes. */
    private static final int ENVELOPE = 192;

    private static final byte[] END = {'}'};

    private final Timestamps timestamps;
    private final SocketMetrics metrics;
    private @Nullable Outlet outlet;
    private long next;
    private long clockMs;

    public SocketWriter(Timestamps timestamps, SocketMetrics metrics) {
        this.timestamps = timestamps;
        this.metrics = metrics;
    }

    /** @param clockMs up to when the client has everything, milliseconds since the epoch */
    public void open(WebSocket socket, long clockMs) {
        outlet = new Outlet(socket);
        this.clockMs = clockMs;
    }

    /** From now on nothing is written. */
    public void shut() {
        outlet = null;
    }

    /** Whether to wait for the socket to drain before writing more. */
    public boolean isFull() {
        return outlet == null || outlet.isFull();
    }

    /** The counter of the packet that was written last; -1 before the first. */
    public long counter() {
        return next - 1;
    }

    /**
     * What one event shows as in the client's history, in one go. Its packets bear the times of their positions, also
     * when they are repeated (§6.2). Where several packets share a place only the last tells it: whoever has had but some
     * of them resumes before the first.
     *
     * @param last the position of the last place
     * @param places the packets at each of the event's places, oldest first; there may be none
     */
    public void history(Position last, List<List<Packet>> places) {
        clockMs = Math.max(clockMs, last.ms());
        Outlet to = outlet;
        if (to == null) {
            return;
        }
        int room = 0;
        for (List<Packet> packets : places) {
            for (Packet packet : packets) {
                room += ENVELOPE + packet.body().length;
            }
        }
        if (room == 0) {
            return;
        }
        ByteBuf frames = to.buffer(room);
        for (int i = 0; i < places.size(); i++) {
            append(frames, places.get(i), last.back(places.size() - 1L - i));
        }
        to.write(frames);
    }

    private void append(ByteBuf frames, List<Packet> packets, Position position) {
        String last = ",\"position\":\"" + position.ms() + "-" + position.seq() + '"';
        for (int i = 0; i < packets.size(); i++) {
            metrics.change();
            Packet packet = packets.get(i);
            String place = i + 1 == packets.size() ? last : "";
            Frames.append(frames, false, head(packet.type(), position.ms(), place), packet.body(), END);
        }
    }

    /** A change that no history holds: presence (§9.2). */
    public void ephemeralChange(byte[] body) {
        metrics.signal();
        write("change", body, false);
    }

    public void signal(byte[] body) {
        metrics.signal();
        write("signal", body, false);
    }

    public void operation(String body) {
        metrics.operation();
        write("operation", body.getBytes(UTF_8), false);
    }

    /** @param binary in a binary frame, as the request came in one */
    public void response(String body, boolean binary) {
        metrics.response();
        write("response", body.getBytes(UTF_8), binary);
    }

    /** The client has been sent everything up to {@code ms}. */
    public void proven(long ms) {
        clockMs = Math.max(clockMs, ms);
    }

    /** What came after {@code ms} will be sent again: until then nothing may claim a later time. */
    public void rewound(long ms) {
        clockMs = Math.min(clockMs, ms);
    }

    private void write(String type, byte[] body, boolean binary) {
        Outlet to = outlet;
        if (to != null) {
            ByteBuf frames = to.buffer(ENVELOPE + body.length);
            Frames.append(frames, binary, head(type, clockMs, ""), body, END);
            to.write(frames);
        }
    }

    /** A packet up to its body. */
    private byte[] head(String type, long ms, String place) {
        String head = "{\"type\":\"" + type + "\",\"timestamp\":\"" + timestamps.of(ms) + "\",\"counter\":" + next++
                + place + ",\"body\":";
        return head.getBytes(ISO_8859_1);
    }
}
