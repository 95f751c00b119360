package io.continuo.common.event;

import io.continuo.common.model.Announcement;
import io.continuo.common.model.Channel;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.Membership;
import io.continuo.common.model.Message;
import io.continuo.common.model.PartChange;
import io.continuo.common.model.ReceiptStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact that concerns a client, in no dialect. What a history stores of it is a pointer; this is the fact with
 * everything that a dialect needs to render it.
 *
 * <p>A fact shows as one or two change packets, each with a position of its own: {@link #span}.
 */
public sealed interface Event {

    /** The user whose doing this is; empty where nobody has to know. */
    String author();

    /**
     * How many positions, and so how many change packets, the event takes in a client's history.
     *
     * @param unread the client's new unread count, or {@link Delivery#UNCHANGED}
     */
    int span(int unread);

    /**
     * A client sees a conversation for the first time; as it was then.
     *
     * @param lastMessage the newest message of a conversation that somebody joins; null for a new one
     * @param total messages in it
     */
    record ConversationCreated(
            Conversation conversation,
            String author,
            @Nullable Message lastMessage,
            int total) implements Event {
        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** Metadata or participants have changed (protocol/layer.md §8.3). */
    record ConversationChanged(String conversationId, String author, List<ConversationChange> changes)
            implements Event {
        public ConversationChanged {
            changes = List.copyOf(changes);
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** A conversation is gone (§8.4). */
    record ConversationDeleted(String conversationId, DeletionMode mode) implements Event {
        @Override
        public String author() {
            return "";
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /**
     * A client becomes a member of a channel, which may be new or not (§10.7).
     *
     * @param joinedAt since when the client is a member, milliseconds since the epoch
     */
    record ChannelCreated(Channel channel, String author, long joinedAt) implements Event {
        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** Somebody else has become a member of a channel (§8.2). */
    record MembershipCreated(Membership membership, String author) implements Event {
        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** Somebody else is no longer a member of a channel. */
    record MembershipDeleted(String channelId, String user, String author) implements Event {
        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /**
     * A message was sent: its create, then the conversation's update (§5.3). A channel does not change with its messages.
     *
     * @param total messages in the conversation, this one included
     */
    record MessageCreated(Message message, int total) implements Event {
        @Override
        public String author() {
            return message.sender().userId();
        }

        @Override
        public int span(int unread) {
            return ContainerId.isChannel(message.conversationId()) ? 1 : 2;
        }
    }

    /**
     * A conversation that its user had deleted is there again: everything up to {@code cut} is gone, then its create (§8.4).
     *
     * @param author the user to whom it is back
     * @param cut position of the newest message that stays out of sight
     */
    record ConversationReturned(Conversation conversation, String author, long cut) implements Event {
        @Override
        public int span(int unread) {
            return 2;
        }
    }

    /**
     * A message is gone, for everyone or for one user: its delete, then the conversation's update.
     *
     * @param lastMessageId the conversation's newest message now; empty when there is none
     * @param total messages left
     */
    record MessageDeleted(String messageId, String conversationId, String lastMessageId, int total, DeletionMode mode)
            implements Event {

        /** For everyone. */
        public MessageDeleted(String messageId, String conversationId, String lastMessageId, int total) {
            this(messageId, conversationId, lastMessageId, total, DeletionMode.ALL_PARTICIPANTS);
        }

        @Override
        public String author() {
            return "";
        }

        @Override
        public int span(int unread) {
            return ContainerId.isChannel(conversationId) ? 1 : 2;
        }
    }

    /**
     * A part of a message that was sent has changed; layer-3.0 shows it (§8.3).
     *
     * @param message with its parts as they are now
     * @param partId bare UUID
     */
    record PartChanged(Message message, PartChange change, String partId, String author) implements Event {
        @Override
        public int span(int unread) {
            return change.span();
        }
    }

    /** A recipient's status moved forward; to the one who read, the conversation's unread count follows (§13.5). */
    record ReceiptChanged(String messageId, String conversationId, String author, ReceiptStatus status)
            implements Event {
        @Override
        public int span(int unread) {
            return unread == Delivery.UNCHANGED ? 1 : 2;
        }
    }

    /** A user's profile has changed: to those who follow the user, and to the user (§8.3, §10.1). */
    record IdentityChanged(String user, List<IdentityChange> changes) implements Event {
        public IdentityChanged {
            changes = List.copyOf(changes);
        }

        @Override
        public String author() {
            return "";
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** A user's profile is gone: to those who followed the user, and to the user (§8.4). */
    record IdentityDeleted(String user) implements Event {
        @Override
        public String author() {
            return "";
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** {@code user} follows somebody from now on; {@code identity} as it is now (§13.8). */
    record Followed(String user, Identity identity) implements Event {
        @Override
        public String author() {
            return user;
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** {@code user} follows {@code other} no more (§13.8). */
    record Unfollowed(String user, String other) implements Event {
        @Override
        public String author() {
            return user;
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /**
     * Somebody has read everything up to a place; to them the conversation's unread count follows (§8.5).
     *
     * @param messageIds the newest of the messages that this is about, for a dialect that can only speak of single ones
     */
    record AllRead(String conversationId, String author, long position, List<String> messageIds) implements Event {
        public AllRead {
            messageIds = List.copyOf(messageIds);
        }

        @Override
        public int span(int unread) {
            return unread == Delivery.UNCHANGED ? 1 : 2;
        }
    }

    /** An app tells some of its users something (§10.6). */
    record AnnouncementCreated(Announcement announcement) implements Event {
        @Override
        public String author() {
            return announcement.sender().userId();
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** {@code user} has received or read an announcement (§13.7). */
    record AnnouncementMarked(String user, String announcementId, ReceiptStatus status) implements Event {
        @Override
        public String author() {
            return user;
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** {@code user} wants to see an announcement no more (§13.7). */
    record AnnouncementDeleted(String user, String announcementId) implements Event {
        @Override
        public String author() {
            return user;
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** Redis has lost changes that {@code user} has heard of, though not the user's history. Told as a verdict. */
    record ChangesLost(String user) implements Event {
        @Override
        public String author() {
            return "";
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }

    /** A gateway loop makes sure that events arrive: no user's, and never rendered. */
    record CanarySang(String user, long number) implements Event {
        @Override
        public String author() {
            return "";
        }

        @Override
        public int span(int unread) {
            return 1;
        }
    }
}
