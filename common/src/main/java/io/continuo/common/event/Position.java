package io.continuo.common.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})-(\\d{1,15})");

    /** Reads {@code <ms>-<seq>}; empty when {@code text} has another form. */
    public static Optional<Position> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new Position(Long.parseLong(form.group(1)), Long.parseLong(form.group(2))))
                : Optional.empty();
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
