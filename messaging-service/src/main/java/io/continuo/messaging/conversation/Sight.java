package io.continuo.messaging.conversation;

/**
 * What one user may see of a conversation: the messages in {@code (after, upTo]}.
 *
 * @param upTo {@code Long.MAX_VALUE} for who takes part
 * @param total how many these are
 * @param hides whether some of them are out of sight one by one
 */
public record Sight(long after, long upTo, int total, boolean hides) {
    static final Sight NOTHING = new Sight(0, -1, 0, false);

    boolean isNothing() {
        return upTo < 0;
    }

    boolean takesPart() {
        return upTo == Long.MAX_VALUE;
    }

    /** Whether a message at {@code position} is within it. */
    public boolean reaches(long position) {
        return position > after && position <= upTo;
    }

    /** The position before which a page may start that is to start before {@code position}. */
    long before(long position) {
        return takesPart() ? position : Math.min(position, upTo + 1);
    }
}
