package io.continuo.gateway.socket.frame;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together from frames, checks their size and that text is UTF-8 (RFC 6455 §5.4, §8.1). That frames come
 * in a legal order is already known. Belongs to one socket.
 */
public final class FrameAssembler {
    private final int limit;
    private @Nullable Buffer fragments;
    private boolean text;
    private boolean refused;

    /** @param limit of a message, in bytes */
    public FrameAssembler(int limit) {
        this.limit = limit;
    }

    /** Takes the next frame. After a refusal everything is ignored. */
    public Assembled accept(WebSocketFrame frame) {
        boolean data = frame.isText() || frame.isBinary() || frame.isContinuation();
        if (!data || refused) {
            return Assembled.Nothing.INSTANCE;
        }
        if (!frame.isContinuation()) {
            text = frame.isText();
            fragments = frame.isFinal() ? null : Buffer.buffer();
        }
        Buffer message = fragments == null ? frame.binaryData() : fragments.appendBuffer(frame.binaryData());
        if (message.length() > limit) {
            return refuse(CloseCode.TOO_LARGE);
        }
        return frame.isFinal() ? whole(message) : Assembled.Nothing.INSTANCE;
    }

    private Assembled whole(Buffer message) {
        fragments = null;
        String decoded = Utf8.decode(message.getBytes());
        if (decoded == null && text) {
            return refuse(CloseCode.INVALID_TEXT);
        }
        return new Assembled.Whole(decoded == null ? "" : decoded, !text);
    }

    private Assembled refuse(CloseCode code) {
        refused = true;
        fragments = null;
        return new Assembled.Refused(code);
    }
}
