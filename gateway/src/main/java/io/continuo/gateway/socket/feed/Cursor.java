package io.continuo.gateway.socket.feed;

import io.continuo.common.event.Position;

/** Where a connection stands in its client's history: the last position written to it. */
final class Cursor {
    /** Something before this event is missing. */
    static final int HOLE = -1;

    private Position at;

    Cursor(Position at) {
        this.at = at;
    }

    Position at() {
        return at;
    }

    void moveTo(Position position) {
        at = position;
    }

    /**
     * Whether a history whose tail is {@code tail} may hold {@code reached}: neither the sequence nor the time of a
     * client's positions ever goes back, unless Redis has lost the newest entries.
     */
    static boolean mayFollow(Position reached, Position tail) {
        return tail.ms() >= reached.ms()
                && tail.seq() >= reached.seq()
                && (tail.seq() > reached.seq() || tail.ms() == reached.ms());
    }

    /**
     * Whether an event is later than {@code reached} though its sequence is not: Redis counts once more what it has lost.
     *
     * @param last position of the event's last packet
     */
    static boolean contradicts(Position reached, Position last, int span) {
        return last.ms() > reached.ms() && last.seq() - span < reached.seq();
    }

    boolean isBefore(Position position) {
        return at.compareTo(position) < 0;
    }

    /**
     * How many packets of an event that was pushed have been written, from 0 to its span; or {@link #HOLE}. Sequences
     * are dense.
     *
     * @param last position of the event's last packet
     */
    int sentOfPush(Position last, int span) {
        if (!isBefore(last)) {
            return span;
        }
        long missing = last.seq() - span - at.seq();
        if (missing == 0) {
            return 0;
        }
        return missing < 0 && last.ms() == at.ms() ? (int) -missing : HOLE;
    }

    /** The same of an event that was read from the history, before which nothing is missing. */
    int sentOfRead(Position last, int span) {
        if (!isBefore(last)) {
            return span;
        }
        return last.ms() == at.ms() ? (int) Math.max(0, span + at.seq() - last.seq()) : 0;
    }
}
