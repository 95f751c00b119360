package io.continuo.common.bus;

import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.event.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What services send to the loops of gateways. */
public sealed interface GatewayMessage extends BusMessage {

    /** Events for clients on this loop, oldest first; answered by {@link Reply.Done} when they are taken. */
    record Deliver(List<Batch> batches) implements GatewayMessage {}

    /**
     * One event, once, and all of the loop's clients that it concerns.
     *
     * @param acceptedMs when the change was accepted, Redis time
     * @param trace of the request that has caused it, if anybody knows
     */
    record Batch(
            Event event,
            List<Recipient> recipients,
            long acceptedMs,
            @Nullable String trace) {}

    /**
     * @param position of the event in this client's history
     * @param unread the client's unread count after it, or {@link io.continuo.common.event.Delivery#UNCHANGED}
     */
    record Recipient(String user, Position position, int unread) {}

    /** A client's history has reached {@code tail}: who is behind should read. Not answered. */
    record Nudge(String user, Position tail) implements GatewayMessage {}

    /** An ephemeral signal for some users' connections on this loop. Not answered. */
    record Relay(Signal signal, List<String> users) implements GatewayMessage {}

    /** Several signals of presence in one go; answered by {@link Reply.Done} when they are taken. */
    record Relays(List<Relay> relays) implements GatewayMessage {}

    /**
     * To all gateway processes, from each of them: how many connections it has. Not answered.
     *
     * @param takesMore whether it is ready for new ones
     */
    record Count(String node, int connections, boolean takesMore) implements GatewayMessage {}

    /** To all gateways: the store was away; it may have come back with less than it held. Not answered. */
    record StoreReturned() implements GatewayMessage {}

    /** To all gateways: close the sockets of this session. Not answered. */
    record EndSession(String sessionId) implements GatewayMessage {}

    /** To all gateways: this user is suspended. Not answered. */
    record SuspendUser(String user) implements GatewayMessage {}

    /** To all gateways: close the user's sockets whose sessions began at that time or before. Not answered. */
    record EndSessions(String user, long beganUntilMs) implements GatewayMessage {}

    /** To all gateways: nobody uses this content any more, its bytes can go. Not answered. */
    record DropContent(List<String> contentIds) implements GatewayMessage {
        public DropContent {
            contentIds = List.copyOf(contentIds);
        }
    }
}
