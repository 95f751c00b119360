package io.continuo.gateway.socket.feed;

/**
 * The stretch of its client's history that a connection has brought to the client without a gap, in sequences: what it
 * has written, and what is no longer there to be written since its object is gone. It is reported to the client's ledger
 * (docs/operations.md).
 */
public final class Coverage {
    private boolean begun;
    private boolean left = true;
    private long from;
    private long to;
    private long reported = -1;

    /** The sequence before the first position of the stretch. */
    public long from() {
        return from;
    }

    /** The sequence of its last. */
    public long to() {
        return to;
    }

    /** Whether there is something to report. */
    public boolean isNews() {
        return begun && to > from && to != reported;
    }

    /** The ledger knows of everything up to {@code sequence}. */
    public void reported(long sequence) {
        reported = sequence;
    }

    /** What was brought is not in the history any more. */
    void forget() {
        begun = false;
        left = true;
    }

    /** Written: what follows {@code before} up to {@code last}. */
    void wrote(long before, long last) {
        at(before);
        to = Math.max(to, last);
    }

    /** The client goes somewhere by its own wish: what lies between is not missing. */
    void leave() {
        left = true;
    }

    /**
     * The history is read on after {@code sequence}, since it holds nothing older.
     *
     * @return how many positions are missing between it and the stretch
     */
    long readOn(long sequence) {
        long missing = begun && !left ? Math.max(0, sequence - to) : 0;
        left = false;
        at(sequence);
        return missing;
    }

    private void at(long sequence) {
        if (!begun || sequence > to || sequence < from) {
            begun = true;
            from = sequence;
            to = sequence;
        }
    }

    /** Up to {@code last} nothing more is there to be written. */
    void skipped(long last) {
        to = Math.max(to, last);
    }
}
