package io.continuo.messaging.conversation;

import static io.continuo.common.bus.ErrorCode.ID_IN_USE;
import static io.continuo.common.bus.ErrorCode.INVALID_OPERATION;
import static io.continuo.common.bus.ErrorCode.INVALID_PROPERTY;
import static io.continuo.common.bus.ErrorCode.MISSING_PROPERTY;
import static io.continuo.common.bus.ErrorCode.NOT_FOUND;

import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.settings.LimitSettings;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.history.HistoryStore;
import io.continuo.messaging.identity.Identities;
import io.continuo.messaging.outbox.Accepted;
import io.continuo.messaging.outbox.Outbox;
import io.continuo.messaging.response.BadResponse;
import io.continuo.messaging.response.Response;
import io.continuo.messaging.response.Summaries;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users do with messages (protocol/layer.md §7.3, §13.5). */
public final class Messages {
    private static final Reply NO_RECEIPTS =
            Reply.Failure.of(INVALID_OPERATION, "Messages in channels have no receipts.");
    static final Reply UNKNOWN_MESSAGE = Reply.Failure.of(NOT_FOUND, "There is no such message.");

    private static final Reply NOT_FOR_ONE = Reply.Failure.ofProperty(
            INVALID_PROPERTY, "mode", "A message of a channel can be deleted for everyone only.");
    private static final Sight EVERYTHING = new Sight(0, Long.MAX_VALUE, 0, false);

    private final MessageStore store;
    private final NewMessages newMessages;
    private final ConversationStore conversations;
    private final VeilStore veils;
    private final MessageViews views;
    private final Identities identities;
    private final HistoryStore history;
    private final Outbox outbox;
    private final LimitSettings limits;
    private final Channels channels;
    private final ChannelStore channelStore;
    private final ChannelRules rules;
    private final Turns<Place> turns = new Turns<>();
    private final Responses responses;

    public Messages(
            MessageStore store,
            NewMessages newMessages,
            ConversationStore conversations,
            VeilStore veils,
            EditStore edits,
            MessageViews views,
            Identities identities,
            HistoryStore history,
            Outbox outbox,
            LimitSettings limits,
            Channels channels,
            ChannelStore channelStore) {
        this.store = store;
        this.newMessages = newMessages;
        this.conversations = conversations;
        this.veils = veils;
        this.views = views;
        this.identities = identities;
        this.history = history;
        this.outbox = outbox;
        this.limits = limits;
        this.channels = channels;
        this.channelStore = channelStore;
        this.rules = new ChannelRules(channels, channelStore);
        this.responses = new Responses(store, edits, views, turns);
    }

    /** Of messages that are changed. */
    Turns<Place> turns() {
        return turns;
    }

    /** Answers as soon as the message is stored; it reaches the histories right after. */
    public Future<Reply> create(MessageRequest.CreateMessage request) {
        return create(request.user(), request);
    }

    /** The same for an app's backend. */
    public Future<Reply> create(MessageRequest.CreateMessageFor request) {
        return create(request.backend(), request.message());
    }

    private Future<Reply> create(String asker, MessageRequest.CreateMessage request) {
        try {
            MessageRequest.CreateMessage complete = request.with(Summaries.atFirst(request.parts()));
            return Response.of(request.parts())
                    .map(response -> responses.fold(
                            request.user(),
                            request.conversationId(),
                            response,
                            folding -> create(asker, complete, folding)))
                    .orElseGet(() -> create(asker, complete, null).map(Optional::orElseThrow));
        } catch (BadResponse bad) {
            return Future.succeededFuture(Responses.refuse(bad));
        }
    }

    /** Empty when the response was folded into what is old by now. */
    private Future<Optional<Reply>> create(
            String asker, MessageRequest.CreateMessage request, Responses.@Nullable Folding folding) {
        // Nobody keeps account of who has read what in a channel: it is large from the first member on.
        int largeRoom = ContainerId.isChannel(request.conversationId()) ? 0 : limits.largeRoom();
        return identities
                .person(request.user())
                .compose(sender -> newMessages
                        .create(asker, request, largeRoom, folding == null ? null : folding.draft())
                        .compose(creation -> switch (creation) {
                            case NewMessages.Creation.Created created ->
                                Future.succeededFuture(Optional.of(created(request, sender, created, folding)));
                            case NewMessages.Creation.Repeated repeated ->
                                repeated(asker, request.user(), repeated.place())
                                        .map(Optional::of);
                            case NewMessages.Creation.Overtaken overtaken -> Future.succeededFuture(Optional.empty());
                            case NewMessages.Creation.NeverTookPart never ->
                                (ContainerId.isChannel(request.conversationId())
                                                ? channels.refusal(request.user(), request.conversationId())
                                                : Future.succeededFuture(Conversations.UNKNOWN))
                                        .map(Optional::of);
                            case NewMessages.Creation.TakesPartNoMore former ->
                                Future.succeededFuture(Optional.of(Conversations.LEFT));
                        }));
    }

    private Reply created(
            MessageRequest.CreateMessage request,
            Person sender,
            NewMessages.Creation.Created created,
            Responses.@Nullable Folding folding) {
        Message message = new Message(
                request.messageId(),
                request.conversationId(),
                created.position(),
                sender,
                created.sentAt(),
                request.parts(),
                MessageViews.atFirst(request.user(), created.recipients()),
                0,
                request.notification());
        if (created.isUneven()) {
            outbox.accepted(created.accepted());
        } else {
            outbox.accepted(created.accepted(), new Event.MessageCreated(message, created.total()));
        }
        Accepted responded = created.response();
        if (responded != null && folding != null) {
            outbox.accepted(responded, folding.event());
        }
        return new Reply.MessageFound(message, Position.BEGINNING);
    }

    /** Only who has sent the message gets it back, and only while they see it (§7.4). */
    private Future<Reply> repeated(String asker, String sender, Place place) {
        return conversations
                .sight(asker, place.conversation())
                .compose(sight -> store.isSeen(asker, sight, place))
                .compose(seen -> seen ? store.read(List.of(place)) : Future.succeededFuture(List.of()))
                .compose(stored -> views.asSeenBy(asker, stored))
                .map(messages -> new Reply.Failure(
                        ID_IN_USE,
                        "A message with this id exists.",
                        null,
                        messages.stream()
                                .filter(message -> message.sender().userId().equals(sender))
                                .findFirst()
                                .map(message -> new Reply.MessageFound(message, Position.BEGINNING))
                                .orElse(null)));
    }

    public Future<Reply> get(MessageRequest.GetMessage request) {
        return history.tail(request.user())
                .compose(tail -> visible(request.user(), request.messageId()).compose(place -> {
                    if (place.isEmpty()) {
                        return Future.succeededFuture(UNKNOWN_MESSAGE);
                    }
                    return store.read(List.of(place.get()))
                            .compose(stored -> views.asSeenBy(request.user(), stored))
                            .map(messages -> messages.isEmpty()
                                    ? UNKNOWN_MESSAGE
                                    : new Reply.MessageFound(messages.getFirst(), tail));
                }));
    }

    public Future<Reply> list(MessageRequest.ListMessages request) {
        String conversation = request.conversationId();
        String user = request.user();
        if (ContainerId.isChannel(conversation)) {
            return channels.ofMember(request.user(), conversation, channel -> listOfChannel(request));
        }
        return conversations.sight(user, conversation).compose(sight -> {
            if (sight.isNothing()) {
                return Future.succeededFuture(Conversations.UNKNOWN);
            }
            return history.tail(user)
                    .compose(tail -> before(user, sight, conversation, request.after())
                            .compose(before -> before.isEmpty()
                                    ? Future.succeededFuture(UNKNOWN_MESSAGE)
                                    : store.seen(user, conversation, sight, before.get(), request.pageSize())
                                            .compose(stored -> views.asSeenBy(user, stored))
                                            .map(messages -> new Reply.MessagePage(messages, sight.total(), tail))));
        });
    }

    private Future<Reply> listOfChannel(MessageRequest.ListMessages request) {
        String channel = request.conversationId();
        return history.tail(request.user())
                .compose(tail -> before(request.user(), EVERYTHING, channel, request.after())
                        .compose(before -> before.isEmpty()
                                ? Future.succeededFuture(UNKNOWN_MESSAGE)
                                : channelStore
                                        .messages(channel)
                                        .compose(total -> store.page(channel, before.get(), request.pageSize())
                                                .compose(views::asSent)
                                                .map(messages -> new Reply.MessagePage(messages, total, tail)))));
    }

    /** The position before which a page starts; empty when the message it is to follow is unknown. */
    private Future<Optional<Long>> before(String user, Sight sight, String conversation, @Nullable String after) {
        return after == null
                ? Future.succeededFuture(Optional.of(Long.MAX_VALUE))
                : store.find(conversation, after)
                        .compose(place -> onlySeen(user, sight, place))
                        .map(place -> place.map(Place::position));
    }

    /** Answers when the change has reached the reader's own counts. */
    public Future<Reply> mark(MessageRequest.MarkMessage request) {
        return store.find(request.messageId()).compose(place -> {
            if (place.isEmpty()) {
                return Future.succeededFuture(UNKNOWN_MESSAGE);
            }
            return store.read(List.of(place.get())).compose(stored -> {
                if (stored.isEmpty()) {
                    return Future.succeededFuture(UNKNOWN_MESSAGE);
                }
                if (ContainerId.isChannel(place.get().conversation())) {
                    return channels.ofMember(
                            request.user(), place.get().conversation(), channel -> Future.succeededFuture(NO_RECEIPTS));
                }
                return stored.getFirst().sender().equals(request.user())
                        ? Future.succeededFuture(Reply.Done.INSTANCE)
                        : mark(request, stored.getFirst());
            });
        });
    }

    private Future<Reply> mark(MessageRequest.MarkMessage request, MessageStore.Stored message) {
        return store.mark(request.user(), message.place(), message.sentAt(), request.status())
                .compose(marking -> switch (marking) {
                    case MessageStore.Marking.Marked marked -> {
                        outbox.accepted(
                                marked.accepted(),
                                new Event.ReceiptChanged(
                                        request.messageId(),
                                        message.place().conversation(),
                                        request.user(),
                                        request.status()));
                        yield outbox.settled(marked.accepted()).map(Reply.Done.INSTANCE);
                    }
                    case MessageStore.Marking.ReachedBefore before -> Future.succeededFuture(Reply.Done.INSTANCE);
                    case MessageStore.Marking.NoParticipant none -> Future.succeededFuture(UNKNOWN_MESSAGE);
                });
    }

    /** Deletes a message for everyone; answers when they know. */
    public Future<Reply> delete(MessageRequest.DeleteMessage request) {
        return store.find(request.messageId()).compose(place -> {
            if (place.isEmpty()) {
                return Future.succeededFuture(UNKNOWN_MESSAGE);
            }
            return ContainerId.isChannel(place.get().conversation())
                    ? deleteInChannel(request, place.get())
                    : delete(request, place.get());
        });
    }

    /** Outside of channels it has to be told for whom. */
    public Future<Reply> delete(MessageRequest.DeleteChannelMessage request) {
        return store.find(request.messageId())
                .compose(place -> place.isPresent()
                                && !ContainerId.isChannel(place.get().conversation())
                        ? Future.succeededFuture(Reply.Failure.ofProperty(MISSING_PROPERTY, "mode", "mode is missing."))
                        : delete(new MessageRequest.DeleteMessage(request.user(), request.messageId())));
    }

    /** Who wrote it, or whose channel it is. */
    private Future<Reply> deleteInChannel(MessageRequest.DeleteMessage request, Place place) {
        return channels.ofMember(
                request.user(),
                place.conversation(),
                channel -> store.read(List.of(place))
                        .compose(stored -> {
                            boolean own = !stored.isEmpty()
                                    && stored.getFirst().sender().equals(request.user());
                            return own
                                    ? Future.succeededFuture(Optional.<Reply>empty())
                                    : rules.refusalOfDeletion(request.user(), place.conversation());
                        })
                        .compose(refusal ->
                                refusal.isPresent() ? Future.succeededFuture(refusal.get()) : delete(request, place)));
    }

    private Future<Reply> delete(MessageRequest.DeleteMessage request, Place place) {
        return store.delete(request.user(), place, request.messageId()).compose(deletion -> switch (deletion) {
            case MessageStore.Deletion.Deleted deleted -> {
                if (deleted.isUneven()) {
                    outbox.accepted(deleted.accepted());
                } else {
                    outbox.accepted(
                            deleted.accepted(),
                            new Event.MessageDeleted(
                                    request.messageId(),
                                    place.conversation(),
                                    deleted.lastMessageId(),
                                    deleted.total()));
                }
                yield outbox.settled(deleted.accepted()).map(Reply.Done.INSTANCE);
            }
            case MessageStore.Deletion.GoneBefore gone -> Future.succeededFuture(UNKNOWN_MESSAGE);
            case MessageStore.Deletion.NeverTookPart never -> Future.succeededFuture(UNKNOWN_MESSAGE);
            case MessageStore.Deletion.TakesPartNoMore former -> Future.succeededFuture(Conversations.LEFT);
        });
    }

    /** Deletes a message for one user only; answers when their devices know. */
    public Future<Reply> hide(MessageRequest.HideMessage request) {
        return store.find(request.messageId()).compose(place -> {
            if (place.isEmpty()) {
                return Future.succeededFuture(UNKNOWN_MESSAGE);
            }
            return ContainerId.isChannel(place.get().conversation())
                    ? channels.ofMember(
                            request.user(), place.get().conversation(), channel -> Future.succeededFuture(NOT_FOR_ONE))
                    : veils.hide(request.user(), place.get(), request.messageId())
                            .compose(this::settle);
        });
    }

    private Future<Reply> settle(VeilStore.Result result) {
        return switch (result) {
            case VeilStore.Result.Done done -> {
                outbox.accepted(done.accepted());
                yield outbox.settled(done.accepted()).map(Reply.Done.INSTANCE);
            }
            case VeilStore.Result.NoNews unseen -> Future.succeededFuture(UNKNOWN_MESSAGE);
            case VeilStore.Result.NeverTookPart never -> Future.succeededFuture(UNKNOWN_MESSAGE);
            case VeilStore.Result.TakesPartNoMore former -> Future.succeededFuture(Conversations.LEFT);
        };
    }

    /** Where a message is, if {@code user} may see it. */
    Future<Optional<Place>> visible(String user, String message) {
        return store.find(message)
                .compose(place -> place.isEmpty()
                        ? Future.succeededFuture(place)
                        : conversations
                                .sight(user, place.get().conversation())
                                .compose(sight -> onlySeen(user, sight, place)));
    }

    private Future<Optional<Place>> onlySeen(String user, Sight sight, Optional<Place> place) {
        return place.isEmpty()
                ? Future.succeededFuture(place)
                : store.isSeen(user, sight, place.get()).map(seen -> seen ? place : Optional.empty());
    }
}
