package io.continuo.load.wire;

import io.netty.buffer.ByteBuf;

/** Takes the frames that a {@link FrameReader} finds. */
interface FrameSink {
    int CONTINUATION = 0;
    int TEXT = 1;
    int CLOSE = 8;
    int PING = 9;

    /**
     * A whole frame. Its payload lies in {@code bytes} at {@code start} and is only good during the call.
     *
     * @param opcode as RFC 6455 §5.2 numbers them
     * @param last whether the message ends with it
     */
    void frame(int opcode, boolean last, ByteBuf bytes, int start, int length);
}
