package io.continuo.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** Makes masked WebSocket frames, as a client must (RFC 6455 §5.3). */
final class FrameWriter {
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;

    private FrameWriter() {}

    static ByteBuf text(ByteBufAllocator allocator, String text) {
        return frame(allocator, FrameSink.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuf pong(ByteBufAllocator allocator, byte[] payload) {
        return frame(allocator, PONG, payload);
    }

    private static ByteBuf frame(ByteBufAllocator allocator, int opcode, byte[] payload) {
        ByteBuf frame = allocator.buffer(payload.length + 14).writeByte(FINAL | opcode);
        if (payload.length < 126) {
            frame.writeByte(MASKED | payload.length);
        } else if (payload.length < 65_536) {
            frame.writeByte(MASKED | 126).writeShort(payload.length);
        } else {
            frame.writeByte(MASKED | 127).writeLong(payload.length);
        }
        int mask = ThreadLocalRandom.current().nextInt();
        frame.writeInt(mask);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
        }
        return frame.writeBytes(payload);
    }
}
