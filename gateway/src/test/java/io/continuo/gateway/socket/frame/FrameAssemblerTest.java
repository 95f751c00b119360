package io.continuo.gateway.socket.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
    private static final int LIMIT = 20;

    private final FrameAssembler assembler = new FrameAssembler(LIMIT);

    @Test
    void takesASingleFrame() {
        assertThat(assembler.accept(WebSocketFrame.textFrame("grüße", true))).isEqualTo(whole("grüße", false));
    }

    @Test
    void joinsFragmentsAlsoWhenTheFirstIsEmpty() {
        assertThat(assembler.accept(WebSocketFrame.textFrame("", false))).isEqualTo(nothing());
        assertThat(assembler.accept(continuation("ab", false))).isEqualTo(nothing());
        assertThat(assembler.accept(continuation("c", true))).isEqualTo(whole("abc", false));
    }

    @Test
    void letsControlFramesPassBetweenFragments() {
        assembler.accept(WebSocketFrame.textFrame("a", false));
        assertThat(assembler.accept(WebSocketFrame.pingFrame(Buffer.buffer("x"))))
                .isEqualTo(nothing());
        assertThat(assembler.accept(continuation("b", true))).isEqualTo(whole("ab", false));
    }

    @Test
    void joinsACharacterThatIsSplitOverFragments() {
        Buffer euro = Buffer.buffer("€");
        assembler.accept(text(euro.slice(0, 1), false));
        assertThat(assembler.accept(WebSocketFrame.continuationFrame(euro.slice(1, 3), true)))
                .isEqualTo(whole("€", false));
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        Buffer surrogate = Buffer.buffer(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
        assertThat(assembler.accept(text(surrogate, true))).isEqualTo(refused(CloseCode.INVALID_TEXT));
    }

    @Test
    void takesTheReplacementCharacterWhenItWasSent() {
        assertThat(assembler.accept(WebSocketFrame.textFrame("\uFFFD", true))).isEqualTo(whole("\uFFFD", false));
    }

    @Test
    void takesBinaryMessagesAsText() {
        assertThat(assembler.accept(WebSocketFrame.binaryFrame(Buffer.buffer("{}"), true)))
                .isEqualTo(whole("{}", true));
        assertThat(assembler.accept(WebSocketFrame.binaryFrame(Buffer.buffer(new byte[] {-1}), true)))
                .isEqualTo(whole("", true));
    }

    @Test
    void refusesWhatIsTooLargeAndIgnoresTheRest() {
        assertThat(assembler.accept(WebSocketFrame.textFrame("x".repeat(LIMIT), false)))
                .isEqualTo(nothing());
        assertThat(assembler.accept(continuation("x", false))).isEqualTo(refused(CloseCode.TOO_LARGE));
        assertThat(assembler.accept(continuation("x", true))).isEqualTo(nothing());
        assertThat(assembler.accept(WebSocketFrame.textFrame("x", true))).isEqualTo(nothing());
    }

    private static WebSocketFrame continuation(String text, boolean last) {
        return WebSocketFrame.continuationFrame(Buffer.buffer(text), last);
    }

    /** A text frame with any bytes: a fragment's text need not be whole characters. */
    private static WebSocketFrame text(Buffer bytes, boolean last) {
        return new RawTextFrame(bytes, last);
    }

    private static Assembled nothing() {
        return Assembled.Nothing.INSTANCE;
    }

    private static Assembled whole(String text, boolean binary) {
        return new Assembled.Whole(text, binary);
    }

    private static Assembled refused(CloseCode code) {
        return new Assembled.Refused(code);
    }
}
