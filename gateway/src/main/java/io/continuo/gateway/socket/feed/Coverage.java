package io.continuo.gateway.socket.feed;

/**
 * The stretch of its client's history that a connection has brought to the client without a gap, in sequences: what it
 * has written, and what is no longer there to be written since its object is gone. It is reported to the client's ledger
 * (docs/operations.md).
 */
public final class Coverage {
    private boolean begun;
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
    }

    /** Written: what follows {@code before} up to {@code last}. */
    void wrote(long before, long last) {
        at(before);
        to = Math.max(to, last);
    }

    /** From {@code sequence} the history is read on; what lies between it and the stretch is missing. */
    void at(long sequence) {
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

    /** How many positions would be missing, were the next one written the one after {@code sequence}. */
    long missingBefore(long sequence) {
        return begun ? Math.max(0, sequence - to) : 0;
    }
}
