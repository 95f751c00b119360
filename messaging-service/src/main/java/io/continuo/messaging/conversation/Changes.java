package io.continuo.messaging.conversation;

import static io.continuo.common.bus.ErrorCode.INVALID_PROPERTY;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.settings.LimitSettings;
import io.continuo.messaging.account.Blocks;
import io.continuo.messaging.outbox.Outbox;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How users change, leave and delete conversations and channels (protocol/layer.md §8.4, §11, §13.4, §13.9). */
public final class Changes {
    private final ChangeStore store;
    private final ConversationStore conversations;
    private final VeilStore veils;
    private final Blocks blocks;
    private final Outbox outbox;
    private final LimitSettings limits;
    private final Channels channels;
    private final ChannelRules rules;

    public Changes(
            ChangeStore store,
            ConversationStore conversations,
            VeilStore veils,
            Channels channels,
            ChannelStore channelStore,
            Blocks blocks,
            Outbox outbox,
            LimitSettings limits) {
        this.store = store;
        this.conversations = conversations;
        this.veils = veils;
        this.blocks = blocks;
        this.outbox = outbox;
        this.limits = limits;
        this.channels = channels;
        this.rules = new ChannelRules(channels, channelStore);
    }

    /** Answers when everyone knows. */
    public Future<Reply> change(ConversationRequest.ChangeConversation request) {
        List<String> added = added(request.changes());
        return isRefused(request, added)
                .compose(blocked -> blocked
                        ? Future.succeededFuture(Conversations.BLOCKED)
                        : change(request.user(), request.conversationId(), request.changes()));
    }

    /** Whether one of those who are to be added is blocked by whoever adds them, or the other way round. */
    private Future<Boolean> isRefused(ConversationRequest.ChangeConversation request, List<String> added) {
        if (added.isEmpty()) {
            return Future.succeededFuture(false);
        }
        return conversations.participants(request.conversationId()).compose(there -> {
            Set<String> known = new HashSet<>(there);
            return blocks.stands(
                    request.user(),
                    added.stream().filter(user -> !known.contains(user)).toList());
        });
    }

    private static List<String> added(List<ConversationChange> changes) {
        List<String> added = new ArrayList<>();
        for (ConversationChange change : changes) {
            switch (change) {
                case ConversationChange.AddParticipant add ->
                    added.add(add.person().userId());
                case ConversationChange.SetParticipants set -> added.addAll(set.users());
                case ConversationChange.RemoveParticipant remove -> {}
                case ConversationChange.SetMetadata set -> {}
                case ConversationChange.DeleteMetadata delete -> {}
                case ConversationChange.SetName set -> {}
            }
        }
        return added;
    }

    /** Whoever leaves is removed, and the conversation is deleted for them: see the fan-out. */
    public Future<Reply> leave(ConversationRequest.LeaveConversation request) {
        ConversationChange leave = new ConversationChange.RemoveParticipant(request.user());
        return change(request.user(), request.conversationId(), List.of(leave));
    }

    private Future<Reply> change(String user, String id, List<ConversationChange> changes) {
        if (!ContainerId.isChannel(id)) {
            return carryOut(user, id, changes, false);
        }
        return rules.refusal(user, id, changes)
                .compose(refusal ->
                        refusal.isPresent() ? Future.succeededFuture(refusal.get()) : changeChannel(user, id, changes));
    }

    private Future<Reply> carryOut(String user, String id, List<ConversationChange> changes, boolean allowed) {
        return store.change(user, id, changes, limits.participants(), allowed)
                .compose(result -> settle(id, user, result));
    }

    /** A new name is claimed before the channel takes it; of several new names the last one counts. */
    private Future<Reply> changeChannel(String user, String id, List<ConversationChange> changes) {
        Optional<ConversationChange.SetName> name = changes.stream()
                .filter(ConversationChange.SetName.class::isInstance)
                .map(ConversationChange.SetName.class::cast)
                .reduce((earlier, later) -> later);
        if (name.isEmpty()) {
            return carryOut(user, id, changes, true);
        }
        List<ConversationChange> rest = changes.stream()
                .filter(change -> !(change instanceof ConversationChange.SetName) || change.equals(name.get()))
                .distinct()
                .toList();
        String digest = ChannelName.digest(user, name.get().name());
        return conversations
                .claimDistinct(digest, id)
                .compose(
                        holder -> holder.equals(id) ? carryOut(user, id, rest, true) : channels.conflict(user, holder));
    }

    /** Deletes a conversation for one user, who stays in it; answers when their devices know. */
    public Future<Reply> cut(ConversationRequest.CutConversation request) {
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

    public Future<Reply> delete(ConversationRequest.DeleteConversation request) {
        String user = request.user();
        String id = request.conversationId();
        if (!ContainerId.isChannel(id)) {
            return store.delete(user, id, false).compose(result -> settle(id, user, result));
        }
        return rules.refusalOfDeletion(user, id)
                .compose(refusal -> refusal.isPresent()
                        ? Future.succeededFuture(refusal.get())
                        : store.delete(user, id, true).compose(result -> settle(id, user, result)));
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
            case ChangeStore.Result.NeverTookPart never ->
                Future.succeededFuture(ContainerId.isChannel(id) ? Channels.UNKNOWN : Conversations.UNKNOWN);
            case ChangeStore.Result.TakesPartNoMore former -> Future.succeededFuture(Conversations.LEFT);
            case ChangeStore.Result.PathLeadsThroughText wrong ->
                Future.succeededFuture(Reply.Failure.ofProperty(
                        INVALID_PROPERTY, "metadata", "A path leads through a value that is not an object."));
            case ChangeStore.Result.TooManyParticipants many ->
                Future.succeededFuture(Reply.Failure.ofProperty(
                        INVALID_PROPERTY,
                        ContainerId.isChannel(id) ? "members" : "participants",
                        "There may be at most " + limits.participants() + " participants."));
        };
    }

    private Future<Void> unclaim(String digest, String id) {
        return digest.isEmpty() ? Future.succeededFuture() : conversations.unclaimDistinct(digest, id);
    }
}
