package io.continuo.gateway.subject;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Up to where a subscription has been told everything, small however many its subjects are. As text it goes wherever a
 * session is kept; to clients it says nothing.
 *
 * @param watermark microseconds since the epoch: whatever has a lower version has been delivered
 * @param ahead the version of which, up to and with it, some subjects have been delivered too
 */
public record Cursor(long watermark, Map<Long, Long> ahead) {
    /** Nothing has been delivered. */
    public static final Cursor NONE = new Cursor(0, Map.of());

    public Cursor {
        ahead = Map.copyOf(ahead);
    }

    /** The version up to which, and with it, a subject has been delivered. */
    long of(long subject) {
        return Math.max(watermark - 1, ahead.getOrDefault(subject, 0L));
    }

    /** Reads {@link #toString}; empty when {@code text} has another form. */
    public static Optional<Cursor> parse(String text) {
        try {
            String[] words = text.split(" ", -1);
            Map<Long, Long> ahead = new TreeMap<>();
            for (int i = 1; i < words.length; i++) {
                int colon = words[i].indexOf(':');
                ahead.put(Long.parseLong(words[i].substring(0, colon)), Long.parseLong(words[i].substring(colon + 1)));
            }
            return Optional.of(new Cursor(Long.parseLong(words[0]), ahead));
        } catch (NumberFormatException | IndexOutOfBoundsException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(watermark);
        ahead.forEach((subject, version) ->
                text.append(' ').append(subject).append(':').append(version));
        return text.toString();
    }
}
