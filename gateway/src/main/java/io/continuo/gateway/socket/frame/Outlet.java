package io.continuo.gateway.socket.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.WebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.net.impl.MessageWrite;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.core.net.impl.VertxHandler;

/**
 * Where finished frames leave, past the socket's own methods, which cost a promise, a copy and a buffer per frame. They
 * still go through the connection's queue: so they keep their place among the frames that Vert.x writes, count for
 * {@link WebSocket#writeQueueFull} and let the socket drain. Belongs to one event loop.
 */
final class Outlet {
    private final WebSocket socket;
    private final VertxConnection connection;
    private final ByteBufAllocator buffers;

    /** @param socket a WebSocket of Vert.x over HTTP/1.1 */
    Outlet(WebSocket socket) {
        this.socket = socket;
        ChannelHandlerContext context = ((WebSocketInternal) socket).channelHandlerContext();
        connection = ((VertxHandler<?>) context.handler()).getConnection();
        buffers = context.alloc();
    }

    boolean isFull() {
        return socket.isClosed() || socket.writeQueueFull();
    }

    /** A buffer to be filled and written. It may grow beyond {@code bytes}. */
    ByteBuf buffer(int bytes) {
        return buffers.directBuffer(bytes);
    }

    /** Writes whole frames, and releases them in any case. */
    void write(ByteBuf frames) {
        if (socket.isClosed()) {
            frames.release();
        } else {
            connection.writeToChannel(new Write(connection, frames));
        }
    }

    /** What waits in the connection's queue for the socket to have room. */
    private record Write(VertxConnection connection, ByteBuf frames) implements MessageWrite {
        @Override
        public void write() {
            connection.unsafeWrite(frames, false);
        }

        @Override
        public void cancel(Throwable cause) {
            frames.release();
        }
    }
}
