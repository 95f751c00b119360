package io.continuo.common.bus;

import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.TypingState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gateway asks of the presence service. A connection is named by a cluster-wide unique id. */
public sealed interface PresenceRequest extends BusMessage {

    /**
     * A connection announces its user (protocol/layer.md §7.6); answered by {@link Reply.Done}.
     *
     * @param loop the connection's gateway loop
     * @param status null for {@code auto}: what the user last chose, or available
     */
    record Announce(
            String user,
            String connection,
            String loop,
            @Nullable PresenceStatus status) implements PresenceRequest {}

    /**
     * A connection wants to hear how those are whom its user follows (§7.6); answered by {@link Reply.Done} when nothing
     * is missed any more.
     */
    record WatchPresence(String user, String connection, String loop) implements PresenceRequest {}

    /**
     * A loop of a gateway is there: {@link Reply.Registered}, whose number changes when the loop was believed dead.
     *
     * @param caughtUp what the last answer said was missed, and is not any more
     */
    record Register(String loop, @Nullable Missed caughtUp) implements PresenceRequest {}

    /**
     * A loop may not have heard of changes.
     *
     * @param sinceMs of those that are as old as that, milliseconds since the epoch
     * @param times it was found out since the loop last caught up
     */
    record Missed(long sinceMs, long times) {}

    /** A loop that was believed dead tells of its connections again; answered by {@link Reply.Done}. */
    record Restore(String loop, List<Stay> stays) implements PresenceRequest {}

    /**
     * A connection as its gateway knows it.
     *
     * @param status what it announced last; null for what the user chose last
     */
    record Stay(
            String user,
            String connection,
            boolean announced,
            @Nullable PresenceStatus status,
            boolean watching) {}

    /** A connection has gone; answered by {@link Reply.Done}. */
    record Leave(String user, String connection, String loop) implements PresenceRequest {}

    /** How these users are now, as {@code user} may see it: {@link Reply.PresenceStates}. */
    record Look(String user, List<String> users) implements PresenceRequest {}

    /** How everyone is whose presence {@code user} follows and changed since: {@link Reply.PresenceStates}. */
    record LookSince(String user, long sinceMs) implements PresenceRequest {}

    /**
     * A client of Atmosphere is on a loop now, which is the visit's home from now on; answered by
     * {@link Reply.VisitClaimed}.
     *
     * @param id of the visit: what the client's tracking id stands for, over any number of connections
     * @param home the loop's address
     * @param lifeSeconds for how long the visit is remembered without news
     */
    record ClaimVisit(String id, String home, int lifeSeconds) implements PresenceRequest {}

    /**
     * Remembers where a visit stands; answered by {@link Reply.Done}, or {@code CONFLICT} when another loop has claimed
     * it since.
     *
     * @param number of the loop's claim; 0 when there was none
     * @param state what the gateway wants to know of it later; empty for nothing
     * @param cursor up to where the client has everything; empty for unknown
     */
    record KeepVisit(String id, long number, String home, String state, String cursor, int lifeSeconds)
            implements PresenceRequest {}

    /** Where a visit is at home: {@link Reply.VisitFound}, or {@code NOT_FOUND}. */
    record FindVisit(String id) implements PresenceRequest {}

    /** Forgets a visit; answered by {@link Reply.VisitFound} with its last home, or {@code NOT_FOUND}. */
    record EndVisit(String id) implements PresenceRequest {}

    /** {@code user} types, pauses or stops in a conversation; answered by {@link Reply.Done}, also when refused. */
    record Type(String user, String conversationId, TypingState state) implements PresenceRequest {}
}
