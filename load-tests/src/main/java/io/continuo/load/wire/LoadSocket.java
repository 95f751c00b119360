package io.continuo.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One WebSocket of one client: handshake, then frames. Lives on the load's event loop. */
final class LoadSocket extends ChannelInboundHandlerAdapter implements FrameSink {
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final LoadClient client;
    private final PacketListener listener;
    private final String request;
    private final CompletableFuture<LoadClient> opened;
    private final FrameReader reader = new FrameReader(this);
    private final Packet packet = new Packet();
    private final StringBuilder head = new StringBuilder();
    private @Nullable ChannelHandlerContext context;
    private boolean upgraded;
    private boolean cut;
    private long nextCounter;

    LoadSocket(LoadClient client, PacketListener listener, String request, CompletableFuture<LoadClient> opened) {
        this.client = client;
        this.listener = listener;
        this.request = request;
        this.opened = opened;
    }

    void send(String text) {
        ChannelHandlerContext open = open();
        open.writeAndFlush(FrameWriter.text(open.alloc(), text), open.voidPromise());
    }

    void cut() {
        cut = true;
        open().channel().config().setOption(ChannelOption.SO_LINGER, 0);
        open().close();
    }

    private ChannelHandlerContext open() {
        if (context == null) {
            throw new IllegalStateException("not open");
        }
        return context;
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
            if (upgraded && !cut) {
                reader.read(bytes, active.alloc());
            }
        } finally {
            bytes.release();
        }
    }

    private void readHead(ByteBuf bytes) {
        while (bytes.isReadable() && !upgraded) {
            head.append((char) bytes.readByte());
            if (head.indexOf(END_OF_HEAD, head.length() - END_OF_HEAD.length()) >= 0) {
                upgrade();
            }
        }
    }

    private void upgrade() {
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IllegalStateException("Upgrade of " + client.user() + " refused: " + head);
        }
        upgraded = true;
        client.connected(this);
        opened.complete(client);
    }

    @Override
    public void frame(int opcode, ByteBuf bytes, int start, int length) {
        switch (opcode) {
            case TEXT -> text(bytes, start, length);
            case PING -> pong(bytes, start, length);
            case CLOSE ->
                throw new IllegalStateException("Closed by the server with "
                        + (length < 2 ? "no code" : bytes.getUnsignedShort(start)) + ": "
                        + bytes.toString(start, length, StandardCharsets.UTF_8));
            case CONTINUATION -> {
                // The head of a packet, which is all that we read of a large one, lies in its first frame.
            }
            default -> throw new IllegalStateException("A frame with opcode " + opcode);
        }
    }

    private void text(ByteBuf bytes, int start, int length) {
        packet.scan(bytes, start, length);
        if (packet.counter() != nextCounter) {
            client.miscount();
        }
        nextCounter = packet.counter() + 1;
        if (packet.kind() == Packet.Kind.CHANGE) {
            client.continuity().received(packet.positionMs(), packet.positionSeq());
        }
        listener.packet(client, packet);
    }

    private void pong(ByteBuf bytes, int start, int length) {
        ChannelHandlerContext open = open();
        open.writeAndFlush(FrameWriter.pong(open.alloc(), ByteBufUtil.getBytes(bytes, start, length)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        reader.release();
        client.gone(this);
        opened.completeExceptionally(new IllegalStateException("Connection of " + client.user() + " ended"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        if (!cut && !opened.completeExceptionally(cause)) {
            System.err.println("Socket of " + client.user() + ": " + cause);
        }
        failed.close();
    }
}
