package io.continuo.chaos.check;

/**
 * Something that is not as it was promised.
 *
 * @param who the log that shows it
 */
public record Finding(Kind kind, String who, String what) {
    /** What is wrong. */
    public enum Kind {
        /** An acknowledged message, or a place in the history, never came. */
        LOST,
        /** Something came twice. */
        DOUBLED,
        /** Something came later than what follows it, or somebody saw another order. */
        DISORDERED,
        /** A connection's packets are not numbered 0, 1, 2, … */
        MISCOUNTED,
        /** A client was told less than {@code complete} without need, or nothing where something is gone. */
        VERDICT,
        /** A client ends with something else than what REST says. */
        STATE,
        /** Followers were not told in time that somebody is gone. */
        GHOST,
        /** Something that a scenario or the books of the server should have shown did not come true. */
        UNMET
    }

    @Override
    public String toString() {
        return kind + "\t" + who + "\t" + what;
    }
}
