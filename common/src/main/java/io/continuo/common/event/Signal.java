package io.continuo.common.event;

import io.continuo.common.model.Person;
import org.jspecify.annotations.Nullable;

/** Something ephemeral: never stored, first to be dropped when a socket is slow. */
public sealed interface Signal {

    /**
     * {@code sender} is, or no longer is, writing in a conversation (protocol/layer.md §9.1).
     *
     * @param version grows with each word of the sender in this conversation; of two the higher one holds
     */
    record Typing(String conversationId, Person sender, TypingState state, long version) implements Signal {}

    /**
     * A user's presence as others see it (§9.2).
     *
     * @param lastSeenAt milliseconds since the epoch; null when never seen
     * @param changedAt when this began to be so, milliseconds since the epoch: of two the higher one holds; 0 for ever
     */
    record Presence(
            String userId, PresenceStatus status, @Nullable Long lastSeenAt, long changedAt) implements Signal {}
}
