package io.continuo.common.bus;

/**
 * What one gateway loop says to another about a visit that is at home there (protocol/atmosphere.md §3.3); sent to
 * {@link Addresses#visits}.
 */
public sealed interface VisitMessage extends BusMessage {

    /** The visit, see {@link PresenceRequest.ClaimVisit}. */
    String id();

    /**
     * The client has come here: hand the visit over and close what it has there. Answered by {@link Reply.VisitTaken}, or
     * {@code NOT_FOUND} when it is not there.
     *
     * @param polled whether the client has come with its next poll, and so has had the answer to the last one
     */
    record TakeVisit(String id, boolean polled) implements VisitMessage {}

    /**
     * A message of the client has come here; answered by {@link Reply.Done}, {@code NOT_FOUND} when the visit is not there,
     * or {@code RATE_LIMIT_EXCEEDED} when too many wait.
     */
    record PushToVisit(String id, String text) implements VisitMessage {}

    /** The client has said that it goes. Not answered. */
    record LeaveVisit(String id) implements VisitMessage {}
}
