package io.continuo.gateway.atmosphere.wire;

/**
 * The form of texts on their way to a client (protocol/atmosphere.md §2.2, §2.5).
 *
 * @param framed whether each is preceded by its length
 */
public record Framing(boolean framed) {
    /** Heartbeat in both directions. */
    public static final String PADDING = "X";

    /** @param json a message; within it bars are escaped, since some clients take a text with bars for a greeting */
    public String message(String json) {
        return frame(json.indexOf('|') < 0 ? json : json.replace("|", "\\u007c"));
    }

    public String padding() {
        return frame(PADDING);
    }

    /** @param intervalSeconds between the client's own heartbeats */
    public String hello(String trackingId, int intervalSeconds) {
        return frame(trackingId + '|' + intervalSeconds * 1_000L + '|' + PADDING + '|');
    }

    /** Lengths count UTF-16 units. */
    private String frame(String text) {
        return framed ? text.length() + "|" + text : text;
    }
}
