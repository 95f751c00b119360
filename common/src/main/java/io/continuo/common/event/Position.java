package io.continuo.common.event;

import java.util.Optional;

/**
 * A place in a client's history, written {@code <ms>-<seq>}. The sequence is dense per client; the milliseconds come
 * from Redis and never go back.
 *
 * @param ms milliseconds since the epoch, or 0 at the beginning
 * @param seq 0 at the beginning, then 1, 2, 3, …
 */
public record Position(long ms, long seq) implements Comparable<Position> {

    /** The place before a client's first event. */
    public static final Position BEGINNING = new Position(0, 0);

    private static final int MOST_DIGITS = 15;

    /** Reads {@code <ms>-<seq>}; empty when {@code text} has another form. */
    public static Optional<Position> parse(String text) {
        int dash = text.indexOf('-');
        return isNumber(text, 0, dash) && isNumber(text, dash + 1, text.length())
                ? Optional.of(new Position(
                        Long.parseLong(text, 0, dash, 10), Long.parseLong(text, dash + 1, text.length(), 10)))
                : Optional.empty();
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return to > from && to - from <= MOST_DIGITS;
    }

    /** The position {@code steps} places earlier in the same entry. */
    public Position back(long steps) {
        return new Position(ms, seq - steps);
    }

    @Override
    public int compareTo(Position other) {
        int byTime = Long.compare(ms, other.ms);
        return byTime != 0 ? byTime : Long.compare(seq, other.seq);
    }

    @Override
    public String toString() {
        return ms + "-" + seq;
    }
}
