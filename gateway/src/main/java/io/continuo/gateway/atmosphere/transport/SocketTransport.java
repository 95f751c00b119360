package io.continuo.gateway.atmosphere.transport;

import io.continuo.gateway.atmosphere.wire.Kind;
import io.continuo.gateway.socket.frame.Assembled;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.frame.Closing;
import io.continuo.gateway.socket.frame.FrameAssembler;
import io.continuo.gateway.socket.frame.SocketTuning;
import io.continuo.gateway.socket.frame.TextWriter;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

/**
 * A WebSocket. Clients confirm nothing, but they answer pings in the order of frames: a ping that bears a mark comes back
 * when everything before it has arrived (protocol/atmosphere.md §3.4).
 */
public final class SocketTransport implements Transport {
    private final ServerWebSocket socket;
    private final TextWriter writer;
    private final FrameAssembler assembler;
    private boolean closed;

    /** @param limit of a message, in bytes */
    public SocketTransport(ServerWebSocket socket, int limit) {
        this.socket = socket;
        writer = new TextWriter(socket);
        assembler = new FrameAssembler(limit);
        SocketTuning.tune(socket);
    }

    @Override
    public Kind kind() {
        return Kind.WEBSOCKET;
    }

    @Override
    public void open(Listener listener) {
        socket.frameHandler(frame -> receive(frame, listener))
                .exceptionHandler(cause -> broken(cause, listener))
                .closeHandler(nothing -> lost(listener))
                .drainHandler(nothing -> {
                    listener.heard();
                    listener.drained();
                });
        socket.pongHandler(mark -> {
            listener.heard();
            if (mark.length() == Long.BYTES) {
                listener.proven(mark.getLong(0));
            }
        });
    }

    @Override
    public boolean isFull() {
        return closed || writer.isFull();
    }

    @Override
    public void greet(String text, String trackingId) {
        send(text);
    }

    @Override
    public void send(String text) {
        writer.write(text);
    }

    @Override
    public void ask(long mark) {
        socket.writePing(Buffer.buffer(Long.BYTES).appendLong(mark));
    }

    @Override
    public boolean isDuplex() {
        return true;
    }

    @Override
    public void pause() {
        socket.pause();
    }

    @Override
    public void resume() {
        socket.resume();
    }

    @Override
    public void close(CloseCode code) {
        if (!closed) {
            closed = true;
            Closing.close(socket, code);
        }
    }

    private void receive(WebSocketFrame frame, Listener listener) {
        if (closed) {
            return;
        }
        listener.heard();
        switch (assembler.accept(frame)) {
            case Assembled.Nothing nothing -> {}
            case Assembled.Refused refused -> {
                close(refused.code());
                listener.ended(Ending.LOST);
            }
            case Assembled.Whole message -> listener.received(message.text());
        }
    }

    /** The frames are broken, or the connection is. */
    private void broken(Throwable cause, Listener listener) {
        if (!closed) {
            socket.close(
                    cause instanceof CorruptedWebSocketFrameException corrupted
                            ? (short) corrupted.closeStatus().code()
                            : CloseCode.PROTOCOL_ERROR.code());
            lost(listener);
        }
    }

    private void lost(Listener listener) {
        if (!closed) {
            closed = true;
            listener.ended(Ending.LOST);
        }
    }
}
