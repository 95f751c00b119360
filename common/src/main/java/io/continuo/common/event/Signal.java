package io.continuo.common.event;

import io.continuo.common.model.Person;
import org.jspecify.annotations.Nullable;

/** Something ephemeral: never stored, first to be dropped when a socket is slow. */
public sealed interface Signal {

    /** {@code sender} is, or no longer is, writing in a conversation (protocol/layer.md §9.1). */
    record Typing(String conversationId, Person sender, TypingState state) implements Signal {}

    /**
     * A user's presence as others see it (§9.2).
     *
     * @param lastSeenAt milliseconds since the epoch; null when never seen
     */
    record Presence(
            String userId, PresenceStatus status, @Nullable Long lastSeenAt) implements Signal {}
}
