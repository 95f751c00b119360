package io.continuo.gateway.socket.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A server's data frames as bytes, unmasked (RFC 6455 §5.2). Messages that are larger than what many clients take in one
 * frame go in fragments.
 */
final class Frames {
    /** Of a frame's payload, in bytes; what is larger would need another form of length, too. */
    static final int LARGEST = 65_535;

    private static final int FINAL = 0x80;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int LONGER = 126;

    private Frames() {}

    /** Appends one message, which is all of {@code parts}. */
    static void append(ByteBuf frames, boolean binary, byte[]... parts) {
        int opcode = binary ? BINARY : TEXT;
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        if (length > LARGEST) {
            appendFragments(frames, opcode, Unpooled.wrappedBuffer(parts));
            return;
        }
        start(frames, FINAL | opcode, length);
        for (byte[] part : parts) {
            frames.writeBytes(part);
        }
    }

    private static void appendFragments(ByteBuf frames, int opcode, ByteBuf message) {
        int next = opcode;
        while (message.readableBytes() > LARGEST) {
            start(frames, next, LARGEST);
            frames.writeBytes(message, LARGEST);
            next = CONTINUATION;
        }
        start(frames, FINAL | next, message.readableBytes());
        frames.writeBytes(message);
    }

    private static void start(ByteBuf frames, int first, int length) {
        frames.writeByte(first);
        if (length < LONGER) {
            frames.writeByte(length);
        } else {
            frames.writeByte(LONGER).writeShort(length);
        }
    }
}
