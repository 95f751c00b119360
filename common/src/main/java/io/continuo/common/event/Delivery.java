package io.continuo.common.event;

/**
 * An event at its place in one client's history.
 *
 * @param position of the event's last packet; a stream entry's id
 * @param unread the client's unread count in the event's conversation after it, or {@link #UNCHANGED}
 */
public record Delivery(Position position, Event event, int unread) {

    /** The event did not touch the client's unread count. */
    public static final int UNCHANGED = -1;

    public int span() {
        return event.span(unread);
    }

    /** The sequence of the event's first packet. */
    public long firstSeq() {
        return position.seq() - span() + 1;
    }
}
