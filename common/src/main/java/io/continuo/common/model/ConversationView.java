package io.continuo.common.model;

import org.jspecify.annotations.Nullable;

/**
 * A conversation as one user sees it.
 *
 * @param unread messages this user has not read
 * @param total messages this user can see
 * @param lastMessage the newest message this user can see; null when there is none
 */
public record ConversationView(
        Conversation conversation,
        int unread,
        int total,
        @Nullable Message lastMessage) {

    /** How every participant sees a conversation at the moment of its creation. */
    public static ConversationView fresh(Conversation conversation) {
        return new ConversationView(conversation, 0, 0, null);
    }
}
