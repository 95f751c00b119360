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

    /** A loop of a gateway is there: {@link Reply.Registered}, whose number changes when the loop was believed dead. */
    record Register(String loop) implements PresenceRequest {}

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

    /** {@code user} types, pauses or stops in a conversation; answered by {@link Reply.Done}, also when refused. */
    record Type(String user, String conversationId, TypingState state) implements PresenceRequest {}
}
