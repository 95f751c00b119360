package io.continuo.common.bus;

import io.continuo.common.model.ConversationChange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked about conversations and channels, and who takes part in them. */
public sealed interface ConversationRequest extends MessagingRequest {

    /** The order of a list of conversations, newest first (protocol/layer.md §13.4). */
    enum SortBy {
        CREATED_AT,
        LAST_MESSAGE
    }

    /**
     * Answered by {@link Reply.ConversationFound}, created or found (§7.2).
     *
     * @param conversationId chosen by the client, or fresh
     * @param participants user ids; the creator is added
     */
    record CreateConversation(
            String user,
            String conversationId,
            List<String> participants,
            boolean distinct,
            @Nullable Map<String, Object> metadata)
            implements ConversationRequest, InConversation {}

    /** Answered by {@link Reply.ConversationFound}. */
    record GetConversation(String user, String conversationId) implements ConversationRequest, InConversation {}

    /** Carries out all of {@code changes} or none; answered by {@link Reply.Done} (§11, §13.4). */
    record ChangeConversation(String user, String conversationId, List<ConversationChange> changes)
            implements ConversationRequest, InConversation {
        public ChangeConversation {
            changes = List.copyOf(changes);
        }
    }

    /** Deletes a conversation for everyone; answered by {@link Reply.Done} (§8.4, §13.4). */
    record DeleteConversation(String user, String conversationId) implements ConversationRequest, InConversation {}

    /** Takes {@code user} out of a conversation and the conversation out of their sight; {@link Reply.Done}. */
    record LeaveConversation(String user, String conversationId) implements ConversationRequest, InConversation {}

    /**
     * Takes a conversation out of {@code user}'s sight until somebody writes, and what was said in it for ever; answered by
     * {@link Reply.Done} (§8.4, §13.4).
     */
    record CutConversation(String user, String conversationId) implements ConversationRequest, InConversation {}

    /**
     * Answered by {@link Reply.ConversationPage}.
     *
     * @param after the conversation after which the page starts; null for the first page
     */
    record ListConversations(
            String user,
            SortBy sortBy,
            int pageSize,
            @Nullable String after) implements ConversationRequest {}

    /**
     * Answered by {@link Reply.ChannelFound}, or a failure with {@code CONFLICT} and the channel that has the name (§7.5).
     * What else is done to channels is done as to conversations: {@link ChangeConversation} changes metadata and name, and
     * adds and removes members, {@link LeaveConversation} leaves, {@link DeleteConversation} deletes.
     *
     * @param conversationId of {@link io.continuo.common.model.ContainerId}, chosen by the client, or fresh
     * @param members user ids; the creator is added
     */
    record CreateChannel(
            String user,
            String conversationId,
            String name,
            List<String> members,
            @Nullable Map<String, Object> metadata)
            implements ConversationRequest, InConversation {}

    /** Answered by {@link Reply.ChannelFound}: everybody in the app may look at a channel (§13.9). */
    record GetChannel(String user, String conversationId) implements ConversationRequest, InConversation {}

    /**
     * The channels whose member {@code user} is, newest first: {@link Reply.ChannelPage}.
     *
     * @param name only the channel of this name, also for who is no member; null for all
     * @param after the channel after which the page starts; null for the first page
     */
    record ListChannels(
            String user,
            @Nullable String name,
            int pageSize,
            @Nullable String after) implements ConversationRequest {}

    /**
     * The members of a channel, newest first: {@link Reply.MemberPage}. For members.
     *
     * @param after the member after whom the page starts; null for the first page
     */
    record ListMembers(
            String user,
            String conversationId,
            int pageSize,
            @Nullable String after) implements ConversationRequest, InConversation {}

    /** Answered by {@link Reply.MemberFound}. For members, and for who asks whether they are one. */
    record GetMember(String user, String conversationId, String member)
            implements ConversationRequest, InConversation {}

    /**
     * Makes {@code user} have read everything up to a place; answered by {@link Reply.Done} (§8.5, §13.4).
     *
     * @param position of the newest message that is read; null for all of them
     */
    record MarkAllRead(
            String user, String conversationId, @Nullable Long position)
            implements ConversationRequest, InConversation {}

    /** Who takes part: {@link Reply.Audience}, or a failure when {@code user} does not (any more). */
    record GetAudience(String user, String conversationId) implements ConversationRequest, InConversation {}
}
