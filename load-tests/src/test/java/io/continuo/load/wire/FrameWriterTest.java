package io.continuo.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameWriterTest {
    @Test
    void masksTheText() {
        ByteBuf frame = FrameWriter.text(UnpooledByteBufAllocator.DEFAULT, "tacet");

        assertThat(frame.readUnsignedByte()).isEqualTo((short) 0x81);
        assertThat(frame.readUnsignedByte()).isEqualTo((short) (0x80 | 5));
        byte[] mask = new byte[4];
        frame.readBytes(mask);
        byte[] payload = new byte[5];
        frame.readBytes(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        assertThat(new String(payload, StandardCharsets.UTF_8)).isEqualTo("tacet");
        assertThat(frame.isReadable()).isFalse();
    }

    @Test
    void writesTheLengthsOfLongTexts() {
        assertThat(FrameWriter.text(UnpooledByteBufAllocator.DEFAULT, "x".repeat(300))
                        .getUnsignedShort(2))
                .isEqualTo(300);
        assertThat(FrameWriter.text(UnpooledByteBufAllocator.DEFAULT, "x".repeat(70_000))
                        .getLong(2))
                .isEqualTo(70_000);
    }
}
