package io.continuo.messaging.conversation;

import static io.continuo.common.bus.ErrorCode.INVALID_PROPERTY;

import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.settings.LimitSettings;
import io.continuo.messaging.outbox.Outbox;
import io.vertx.core.Future;
import java.util.List;

/** How users change, leave and delete conversations (protocol/layer.md §8.4, §11, §13.4). */
public final class Changes {
    private final ChangeStore store;
    private final ConversationStore conversations;
    private final VeilStore veils;
    private final Outbox outbox;
    private final LimitSettings limits;

    public Changes(
            ChangeStore store, ConversationStore conversations, VeilStore veils, Outbox outbox, LimitSettings limits) {
        this.store = store;
        this.conversations = conversations;
        this.veils = veils;
        this.outbox = outbox;
        this.limits = limits;
    }

    /** Answers when everyone knows. */
    public Future<Reply> change(MessagingRequest.ChangeConversation request) {
        return change(request.user(), request.conversationId(), request.changes());
    }

    /** Whoever leaves is removed, and the conversation is deleted for them: see the fan-out. */
    public Future<Reply> leave(MessagingRequest.LeaveConversation request) {
        ConversationChange leave = new ConversationChange.RemoveParticipant(request.user());
        return change(request.user(), request.conversationId(), List.of(leave));
    }

    private Future<Reply> change(String user, String id, List<ConversationChange> changes) {
        return store.change(user, id, changes, limits.participants()).compose(result -> settle(id, user, result));
    }

    /** Deletes a conversation for one user, who stays in it; answers when their devices know. */
    public Future<Reply> cut(MessagingRequest.CutConversation request) {
        return veils.cut(request.user(), request.conversationId()).compose(result -> switch (result) {
            case VeilStore.Result.Done done -> {
                outbox.accepted(done.accepted());
                yield outbox.settled(done.accepted()).map(Reply.Done.INSTANCE);
            }
            case VeilStore.Result.NoNews before -> Future.succeededFuture(Reply.Done.INSTANCE);
            case VeilStore.Result.NeverTookPart never -> Future.succeededFuture(Conversations.UNKNOWN);
            case VeilStore.Result.TakesPartNoMore former -> Future.succeededFuture(Conversations.LEFT);
        });
    }

    public Future<Reply> delete(MessagingRequest.DeleteConversation request) {
        return store.delete(request.user(), request.conversationId())
                .compose(result -> settle(request.conversationId(), request.user(), result));
    }

    private Future<Reply> settle(String id, String user, ChangeStore.Result result) {
        return switch (result) {
            case ChangeStore.Result.Done done -> {
                Event event = done.steps().isEmpty()
                        ? new Event.ConversationDeleted(id, DeletionMode.ALL_PARTICIPANTS)
                        : new Event.ConversationChanged(id, user, done.steps());
                outbox.accepted(done.accepted(), event);
                yield unclaim(done.digest(), id)
                        .compose(unclaimed -> outbox.settled(done.accepted()))
                        .map(Reply.Done.INSTANCE);
            }
            case ChangeStore.Result.NothingToDo nothing -> Future.succeededFuture(Reply.Done.INSTANCE);
            case ChangeStore.Result.NeverTookPart never -> Future.succeededFuture(Conversations.UNKNOWN);
            case ChangeStore.Result.TakesPartNoMore former -> Future.succeededFuture(Conversations.LEFT);
            case ChangeStore.Result.PathLeadsThroughText wrong ->
                Future.succeededFuture(Reply.Failure.ofProperty(
                        INVALID_PROPERTY, "metadata", "A path leads through a value that is not an object."));
            case ChangeStore.Result.TooManyParticipants many ->
                Future.succeededFuture(Reply.Failure.ofProperty(
                        INVALID_PROPERTY,
                        "participants",
                        "There may be at most " + limits.participants() + " participants."));
        };
    }

    private Future<Void> unclaim(String digest, String id) {
        return digest.isEmpty() ? Future.succeededFuture() : conversations.unclaimDistinct(digest, id);
    }
}
