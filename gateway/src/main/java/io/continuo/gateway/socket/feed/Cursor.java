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

    boolean isBefore(Position position) {
        return at.compareTo(position) < 0;
    }

    /**
     * How many packets of an event that was pushed have been written, from 0 to its span; or {@link #HOLE}. Sequences
     * are dense, unless Redis has lost the newest entries and counts them again, later: a hole too, for the history will
     * tell.
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
