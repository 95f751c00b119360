package io.continuo.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One WebSocket: handshake, then frames. Lives on the load's event loop. */
public final class LoadSocket extends ChannelInboundHandlerAdapter implements FrameSink {
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final String request;
    private final SocketEvents events;
    private final FrameReader reader = new FrameReader(this);
    private final Packet packet = new Packet();
    private final StringBuilder head = new StringBuilder();
    /** What has come of a packet that comes in several frames. */
    private ByteBuf begun = Unpooled.EMPTY_BUFFER;

    private @Nullable ChannelHandlerContext context;
    private boolean upgraded;
    private boolean ended;

    LoadSocket(String request, SocketEvents events) {
        this.request = request;
        this.events = events;
    }

    /** Sends one text frame; before the socket has opened it is an error, after its end nothing happens. */
    public void send(String text) {
        ChannelHandlerContext open = open();
        open.writeAndFlush(FrameWriter.text(open.alloc(), text), open.voidPromise());
    }

    /** Cuts the connection as a failing network does, by a TCP reset; nothing is received any more. */
    public void cut() {
        open().channel().config().setOption(ChannelOption.SO_LINGER, 0);
        end(SocketEvents.CUT, "cut by the client");
    }

    private ChannelHandlerContext open() {
        if (context == null) {
            throw new IllegalStateException("not open");
        }
        return context;
    }

    /** Only the first end counts. */
    private void end(int code, String reason) {
        if (!ended) {
            ended = true;
            events.closed(upgraded ? code : SocketEvents.NEVER_OPENED, reason);
            open().close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        active.writeAndFlush(ByteBufUtil.writeAscii(active.alloc(), request));
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!upgraded) {
                readHead(bytes);
            }
            if (upgraded && !ended) {
                reader.read(bytes, active.alloc());
            }
        } finally {
            bytes.release();
        }
    }

    private void readHead(ByteBuf bytes) {
        while (bytes.isReadable() && !upgraded && !ended) {
            head.append((char) bytes.readByte());
            if (head.indexOf(END_OF_HEAD, head.length() - END_OF_HEAD.length()) >= 0) {
                upgrade(head.toString());
            }
        }
    }

    private void upgrade(String answer) {
        if (answer.startsWith("HTTP/1.1 101")) {
            upgraded = true;
            events.opened(this, answer);
        } else {
            end(SocketEvents.NEVER_OPENED, answer.strip());
        }
    }

    @Override
    public void frame(int opcode, boolean last, ByteBuf bytes, int start, int length) {
        if (ended) {
            return; // what came in one read with the end
        }
        switch (opcode) {
            case TEXT -> {
                if (last) {
                    packet(bytes, start, length);
                } else {
                    begun = open().alloc().buffer(length * 2).writeBytes(bytes, start, length);
                }
            }
            case CONTINUATION -> {
                begun.writeBytes(bytes, start, length);
                if (last) {
                    packet(begun, begun.readerIndex(), begun.readableBytes());
                    forgetBegun();
                }
            }
            case PING -> pong(bytes, start, length);
            case CLOSE ->
                end(
                        length < 2 ? SocketEvents.CUT : bytes.getUnsignedShort(start),
                        length < 2 ? "" : bytes.toString(start + 2, length - 2, StandardCharsets.UTF_8));
            default -> throw new IllegalStateException("A frame with opcode " + opcode);
        }
    }

    private void packet(ByteBuf bytes, int start, int length) {
        packet.scan(bytes, start, length);
        events.packet(packet);
    }

    private void forgetBegun() {
        begun.release();
        begun = Unpooled.EMPTY_BUFFER;
    }

    private void pong(ByteBuf bytes, int start, int length) {
        ChannelHandlerContext open = open();
        open.writeAndFlush(FrameWriter.pong(open.alloc(), ByteBufUtil.getBytes(bytes, start, length)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        reader.release();
        forgetBegun();
        boolean loadEnds = inactive.channel().eventLoop().isShuttingDown();
        if (!loadEnds) {
            end(SocketEvents.CUT, "the connection ended");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        context = failed;
        end(SocketEvents.CUT, cause.toString());
    }
}
