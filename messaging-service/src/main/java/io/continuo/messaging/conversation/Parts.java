package io.continuo.messaging.conversation;

import static io.continuo.common.bus.ErrorCode.ACCESS_DENIED;
import static io.continuo.common.bus.ErrorCode.ID_IN_USE;
import static io.continuo.common.bus.ErrorCode.NOT_FOUND;
import static io.continuo.common.bus.ErrorCode.REQUEST_TIMEOUT;

import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.Message;
import io.continuo.common.model.PartChange;
import io.continuo.common.model.PartEdit;
import io.continuo.common.model.UserId;
import io.continuo.messaging.conversation.EditStore.Draft;
import io.continuo.messaging.conversation.EditStore.Edit;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.outbox.Outbox;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the sender of a message and the app's backend do with its parts after it was sent (protocol/layer.md §14.1).
 * Changes of one message are made one after another; should another instance change it at the same time, the one that
 * comes second is made once more.
 */
public final class Parts {
    static final Reply UNKNOWN_PART = Reply.Failure.of(NOT_FOUND, "There is no such part.");
    private static final Reply NOT_YOURS =
            Reply.Failure.of(ACCESS_DENIED, "Only its sender changes the parts of a message.");
    private static final int ATTEMPTS = 50;

    private final MessageStore store;
    private final EditStore edits;
    private final MessageViews views;
    private final Messages messages;
    private final Outbox outbox;
    private final Turns<Place> turns;

    public Parts(MessageStore store, EditStore edits, MessageViews views, Messages messages, Outbox outbox) {
        this.store = store;
        this.edits = edits;
        this.views = views;
        this.messages = messages;
        this.outbox = outbox;
        this.turns = messages.turns();
    }

    public Future<Reply> list(MessageRequest.ListParts request) {
        return messages.get(new MessageRequest.GetMessage(request.user(), request.messageId()))
                .map(reply -> reply instanceof Reply.MessageFound found
                        ? new Reply.PartsFound(found.message(), found.position())
                        : reply);
    }

    public Future<Reply> get(MessageRequest.GetPart request) {
        return messages.get(new MessageRequest.GetMessage(request.user(), request.messageId()))
                .map(reply -> reply instanceof Reply.MessageFound found
                        ? found(found.message(), request.part(), found.position())
                        : reply);
    }

    private static Reply found(Message message, String part, Position position) {
        OptionalInt index = PartList.find(message.parts(), part);
        return index.isEmpty() ? UNKNOWN_PART : new Reply.PartFound(message, index.getAsInt(), false, position);
    }

    /** Answers as soon as the change is stored. */
    public Future<Reply> change(MessageRequest.ChangePart request) {
        return store.find(request.messageId())
                .compose(place -> place.isEmpty()
                        ? Future.succeededFuture(Messages.UNKNOWN_MESSAGE)
                        : turns.next(place.get(), () -> change(request, place.get(), ATTEMPTS)));
    }

    private Future<Reply> change(MessageRequest.ChangePart request, Place place, int attempts) {
        return store.read(List.of(place))
                .compose(stored -> stored.isEmpty()
                        ? Future.succeededFuture(Messages.UNKNOWN_MESSAGE)
                        : permitted(request.user(), stored.getFirst())
                                .compose(refusal -> refusal == Reply.Done.INSTANCE
                                        ? change(request, stored.getFirst(), attempts)
                                        : Future.succeededFuture(refusal)));
    }

    /** {@link Reply.Done} for whom it is permitted. Who may not even see the message does not learn that it is there. */
    private Future<Reply> permitted(String user, MessageStore.Stored message) {
        boolean isBackend = UserId.isBackend(user) && UserId.app(user).equals(UserId.app(message.sender()));
        if (isBackend || user.equals(message.sender())) {
            return Future.succeededFuture(Reply.Done.INSTANCE);
        }
        return messages.visible(user, message.id())
                .map(place -> place.isEmpty() ? Messages.UNKNOWN_MESSAGE : NOT_YOURS);
    }

    private Future<Reply> change(MessageRequest.ChangePart request, MessageStore.Stored message, int attempts) {
        boolean isBackend = UserId.isBackend(request.user());
        return edits.read(List.of(message.place())).compose(read -> {
            Edit now = read.getOrDefault(message.place(), new Edit(0, 0, message.parts()));
            long at = now.after(message.sentAt());
            return switch (PartList.change(now.parts(), request.edit(), isBackend, at)) {
                case PartList.Refused refused -> refused(message, now, refused);
                case PartList.Changed changed -> {
                    Draft draft = new Draft(
                            message.place(),
                            now.version(),
                            at,
                            changed.parts(),
                            changed.change(),
                            changed.part(),
                            request.user());
                    yield edits.change(request.user(), draft)
                            .compose(result -> result(request, message, draft, result, attempts));
                }
            };
        });
    }

    private Future<Reply> refused(MessageStore.Stored message, Edit now, PartList.Refused refused) {
        Reply.Failure failure = refused.failure();
        if (failure.code() != ID_IN_USE) {
            return Future.succeededFuture(failure);
        }
        return views.asSent(List.of(message))
                .map(sent -> new Reply.Failure(
                        failure.code(),
                        failure.message(),
                        null,
                        new Reply.PartFound(
                                sent.getFirst().with(now.parts(), now.at()),
                                refused.index(),
                                false,
                                Position.BEGINNING)));
    }

    private Future<Reply> result(
            MessageRequest.ChangePart request,
            MessageStore.Stored message,
            Draft draft,
            EditStore.Result result,
            int attempts) {
        return switch (result) {
            case EditStore.Result.Accepted accepted ->
                views.asSent(List.of(message))
                        .map(sent ->
                                accepted(request, sent.getFirst().with(draft.parts(), draft.at()), draft, accepted));
            case EditStore.Result.Overtaken overtaken ->
                attempts > 1
                        ? change(request, message.place(), attempts - 1)
                        : Future.succeededFuture(
                                Reply.Failure.of(REQUEST_TIMEOUT, "Too many change this message; try again."));
            case EditStore.Result.MessageGone gone -> Future.succeededFuture(Messages.UNKNOWN_MESSAGE);
            case EditStore.Result.NeverTookPart never -> Future.succeededFuture(Messages.UNKNOWN_MESSAGE);
            case EditStore.Result.TakesPartNoMore former -> Future.succeededFuture(Conversations.LEFT);
        };
    }

    private Reply accepted(
            MessageRequest.ChangePart request, Message message, Draft draft, EditStore.Result.Accepted accepted) {
        outbox.accepted(
                accepted.accepted(), new Event.PartChanged(message, draft.change(), draft.part(), draft.author()));
        if (request.edit() instanceof PartEdit.Remove) {
            return Reply.Done.INSTANCE;
        }
        int index = PartList.find(message.parts(), draft.part()).orElseThrow();
        return new Reply.PartFound(message, index, draft.change() == PartChange.ADDED, Position.BEGINNING);
    }
}
