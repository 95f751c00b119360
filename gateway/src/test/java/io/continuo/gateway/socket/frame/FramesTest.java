package io.continuo.gateway.socket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    private final ByteBuf bytes = Unpooled.buffer();

    @ParameterizedTest
    @ValueSource(ints = {1, 125, 126, 127, 255, 256, 32_768, Frames.LARGEST})
    void putsWhatIsNotTooLargeIntoOneFrame(int length) {
        String text = "x".repeat(length);
        append(false, text.substring(0, length / 2), text.substring(length / 2));
        assertThat(read()).singleElement().satisfies(frame -> {
            assertThat(frame).isInstanceOf(TextWebSocketFrame.class);
            assertThat(frame.isFinalFragment()).isTrue();
            assertThat(frame.content().toString(UTF_8)).isEqualTo(text);
        });
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "65534, 2", "65535, 3"})
    void putsWhatIsLargeIntoFragments(int more, int fragments) {
        String text = "a" + "€".repeat(Frames.LARGEST / 3);
        String rest = "y".repeat(more);
        append(false, text, rest);
        List<WebSocketFrame> frames = read();
        assertThat(frames).hasSize(fragments);
        assertThat(frames.getFirst()).isInstanceOf(TextWebSocketFrame.class);
        assertThat(frames.subList(1, fragments)).allMatch(ContinuationWebSocketFrame.class::isInstance);
        assertThat(frames.subList(0, fragments - 1)).noneMatch(WebSocketFrame::isFinalFragment);
        assertThat(frames.getLast().isFinalFragment()).isTrue();
        assertThat(joined(frames)).isEqualTo(text + rest);
    }

    @Test
    void putsMessagesOneAfterTheOther() {
        append(false, "grüße", "!");
        append(true, "binary");
        List<WebSocketFrame> frames = read();
        assertThat(frames).hasSize(2).last().isInstanceOf(BinaryWebSocketFrame.class);
        assertThat(joined(frames)).isEqualTo("grüße!binary");
    }

    private void append(boolean binary, String... parts) {
        byte[][] encoded = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            encoded[i] = parts[i].getBytes(UTF_8);
        }
        Frames.append(bytes, binary, encoded);
    }

    /** What a strict client makes of the bytes. */
    private List<WebSocketFrame> read() {
        EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .maxFramePayloadLength(Frames.LARGEST)
                .build()));
        client.writeInbound(bytes);
        List<WebSocketFrame> frames = new ArrayList<>();
        for (WebSocketFrame frame = client.readInbound(); frame != null; frame = client.readInbound()) {
            frames.add(frame.replace(Unpooled.copiedBuffer(frame.content())));
            frame.release();
        }
        return frames;
    }

    private static String joined(List<WebSocketFrame> frames) {
        ByteBuf all = Unpooled.buffer();
        frames.forEach(frame -> all.writeBytes(frame.content()));
        return all.toString(UTF_8);
    }
}
