package io.continuo.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final ByteBufAllocator HEAP = UnpooledByteBufAllocator.DEFAULT;

    private final List<String> frames = new ArrayList<>();
    private final FrameReader reader = new FrameReader((opcode, last, bytes, start, length) ->
            frames.add(opcode + (last ? ":" : "-") + bytes.toString(start, length, StandardCharsets.US_ASCII)));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 200_000})
    void readsEveryFormOfLength(int length) {
        String payload = "p".repeat(length);

        reader.read(frame(1, payload), HEAP);

        assertThat(frames).containsExactly("1:" + payload);
    }

    @Test
    void findsAllFramesOfOneRead() {
        reader.read(Unpooled.wrappedBuffer(frame(1, "one"), frame(9, ""), frame(1, "two")), HEAP);

        assertThat(frames).containsExactly("1:one", "9:", "1:two");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100, 131, 299})
    void putsTogetherWhatArrivesInPieces(int piece) {
        ByteBuf stream = Unpooled.wrappedBuffer(frame(1, "first"), frame(1, "s".repeat(300)), frame(8, "third"));

        while (stream.isReadable()) {
            reader.read(stream.readSlice(Math.min(piece, stream.readableBytes())), HEAP);
        }

        assertThat(frames).containsExactly("1:first", "1:" + "s".repeat(300), "8:third");
    }

    @Test
    void tellsWhichFrameEndsAMessage() {
        ByteBuf first = frame(1, "be");
        first.setByte(0, 1);

        reader.read(Unpooled.wrappedBuffer(first, frame(0, "gun")), HEAP);

        assertThat(frames).containsExactly("1-be", "0:gun");
    }

    @Test
    void refusesAMaskedFrame() {
        ByteBuf masked = FrameWriter.text(HEAP, "never from a server");

        assertThatThrownBy(() -> reader.read(masked, HEAP)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAFrameBeyondReason() {
        ByteBuf endless = Unpooled.buffer().writeByte(0x81).writeByte(127).writeLong(Long.MAX_VALUE);

        assertThatThrownBy(() -> reader.read(endless, HEAP)).isInstanceOf(IllegalStateException.class);
    }

    private static ByteBuf frame(int opcode, String payload) {
        ByteBuf frame = Unpooled.buffer().writeByte(0x80 | opcode);
        if (payload.length() < 126) {
            frame.writeByte(payload.length());
        } else if (payload.length() < 65_536) {
            frame.writeByte(126).writeShort(payload.length());
        } else {
            frame.writeByte(127).writeLong(payload.length());
        }
        frame.writeCharSequence(payload, StandardCharsets.US_ASCII);
        return frame;
    }
}
