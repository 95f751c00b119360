package io.continuo.gateway.socket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.vertx.core.http.WebSocket;

/** Writes bare texts to one socket, a message each. Belongs to one event loop. */
public final class TextWriter {
    private static final int ENVELOPE = 16;

    private final Outlet outlet;

    /** @param socket a WebSocket of Vert.x over HTTP/1.1 */
    public TextWriter(WebSocket socket) {
        outlet = new Outlet(socket);
    }

    /** Whether to wait for the socket to drain before writing more. */
    public boolean isFull() {
        return outlet.isFull();
    }

    /** Does nothing when the socket is closed. */
    public void write(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteBuf frames = outlet.buffer(ENVELOPE + bytes.length);
        Frames.append(frames, false, bytes);
        outlet.write(frames);
    }
}
