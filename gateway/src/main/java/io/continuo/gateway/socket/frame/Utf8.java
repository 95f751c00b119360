package io.continuo.gateway.socket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** Strict decoding of UTF-8. */
public final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /**
     * The text, or null when {@code bytes} are malformed. The lenient decoder is far quicker than the strict one, and
     * marks what is malformed; only text that holds the mark, which may also have been sent, needs the strict one.
     */
    public static @Nullable String decode(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return text.indexOf(REPLACEMENT) < 0 || isStrict(bytes) ? text : null;
    }

    private static boolean isStrict(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
