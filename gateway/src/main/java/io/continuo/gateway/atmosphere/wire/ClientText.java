package io.continuo.gateway.atmosphere.wire;

/** What clients send that is none of the app's messages (protocol/atmosphere.md §2.7). */
public final class ClientText {
    private static final String ACKNOWLEDGEMENT = "...ACK...";
    private static final String DISPATCH = "@@";

    private ClientText() {}

    /** The message in {@code text}; empty when there is none. */
    public static String message(String text) {
        String stripped = text.strip();
        if (stripped.equals(Framing.PADDING) || stripped.equals(ACKNOWLEDGEMENT)) {
            return "";
        }
        int end = stripped.startsWith(DISPATCH) ? stripped.indexOf(DISPATCH, DISPATCH.length()) : -1;
        return end < 0 ? stripped : stripped.substring(end + DISPATCH.length()).strip();
    }
}
