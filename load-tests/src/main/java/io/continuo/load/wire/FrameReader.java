package io.continuo.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Cuts a server's byte stream into WebSocket frames (RFC 6455 §5.2) without copying what lies whole in one read. One
 * per socket, on its event loop.
 */
final class FrameReader {
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int LARGEST_PAYLOAD = 16 << 20;

    private final FrameSink sink;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;

    FrameReader(FrameSink sink) {
        this.sink = sink;
    }

    /**
     * Reads on. The bytes stay the caller's to release.
     *
     * @throws IllegalStateException when they are no frames of a server
     */
    void read(ByteBuf bytes, ByteBufAllocator allocator) {
        if (kept.isReadable()) {
            kept.writeBytes(bytes);
            cut(kept);
            kept.discardReadBytes();
            if (!kept.isReadable()) {
                release();
            }
            return;
        }
        cut(bytes);
        if (bytes.isReadable()) {
            kept = allocator.buffer(bytes.readableBytes() * 2).writeBytes(bytes);
        }
    }

    /** Gives back what a half-read frame holds. */
    void release() {
        kept.release();
        kept = Unpooled.EMPTY_BUFFER;
    }

    private void cut(ByteBuf bytes) {
        while (bytes.readableBytes() >= 2) {
            int at = bytes.readerIndex();
            int header = headerBytes(bytes, at);
            if (bytes.readableBytes() < header) {
                return;
            }
            int payload = payloadBytes(bytes, at);
            if (bytes.readableBytes() < header + payload) {
                return;
            }
            byte first = bytes.getByte(at);
            sink.frame(first & 0x0f, first < 0, bytes, at + header, payload);
            bytes.readerIndex(at + header + payload);
        }
    }

    private static int headerBytes(ByteBuf bytes, int at) {
        return switch (bytes.getByte(at + 1)) {
            case SHORT_LENGTH -> 4;
            case LONG_LENGTH -> 10;
            default -> 2;
        };
    }

    private static int payloadBytes(ByteBuf bytes, int at) {
        int first = bytes.getByte(at + 1);
        if (first < 0) {
            throw new IllegalStateException("A server must not mask its frames.");
        }
        long length = switch (first) {
            case SHORT_LENGTH -> bytes.getUnsignedShort(at + 2);
            case LONG_LENGTH -> bytes.getLong(at + 2);
            default -> first;
        };
        if (length < 0 || length > LARGEST_PAYLOAD) {
            throw new IllegalStateException("A frame of " + length + " bytes.");
        }
        return (int) length;
    }
}
