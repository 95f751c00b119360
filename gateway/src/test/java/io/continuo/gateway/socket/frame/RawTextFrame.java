package io.continuo.gateway.socket.frame;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;

/** A text frame of bytes that need not be text. */
record RawTextFrame(Buffer binaryData, boolean isFinal) implements WebSocketFrame {
    @Override
    public WebSocketFrameType type() {
        return WebSocketFrameType.TEXT;
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public boolean isBinary() {
        return false;
    }

    @Override
    public boolean isContinuation() {
        return false;
    }

    @Override
    public boolean isClose() {
        return false;
    }

    @Override
    public boolean isPing() {
        return false;
    }

    @Override
    public String textData() {
        return binaryData.toString();
    }

    @Override
    public short closeStatusCode() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String closeReason() {
        throw new UnsupportedOperationException();
    }
}
