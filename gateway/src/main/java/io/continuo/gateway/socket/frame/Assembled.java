package io.continuo.gateway.socket.frame;

/** What a frame has led to. */
public sealed interface Assembled {

    /** Nothing yet: a control frame, or a fragment with more to come. */
    record Nothing() implements Assembled {
        static final Nothing INSTANCE = new Nothing();
    }

    /**
     * A whole message.
     *
     * @param text decoded; that of a binary message is empty when it is not UTF-8
     */
    record Whole(String text, boolean binary) implements Assembled {}

    /** The socket has to be closed. */
    record Refused(CloseCode code) implements Assembled {}
}
