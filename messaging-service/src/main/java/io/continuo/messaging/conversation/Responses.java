package io.continuo.messaging.conversation;

import static io.continuo.common.bus.ErrorCode.INVALID_PROPERTY;

import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.model.Message;
import io.continuo.messaging.conversation.EditStore.Draft;
import io.continuo.messaging.conversation.EditStore.Edit;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.response.BadResponse;
import io.continuo.messaging.response.Response;
import io.continuo.messaging.response.Summaries;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds responses into what they respond to (protocol/layer.md §15.5). Responses to one message are taken one after
 * another, so that none has to be folded twice.
 */
final class Responses {
    private static final Reply NO_TARGET = Reply.Failure.ofProperty(
            INVALID_PROPERTY, "parts.body", "response_to must name a message of this conversation.");

    private final MessageStore store;
    private final EditStore edits;
    private final MessageViews views;
    private final Turns<Place> turns;

    /** @param turns of messages whose parts change */
    Responses(MessageStore store, EditStore edits, MessageViews views, Turns<Place> turns) {
        this.store = store;
        this.edits = edits;
        this.views = views;
        this.turns = turns;
    }

    /**
     * What a response makes of a message.
     *
     * @param message with its parts as they are to be
     */
    record Folding(Message message, Draft draft) {
        Event event() {
            return new Event.PartChanged(message, draft.change(), draft.part(), draft.author());
        }
    }

    static Reply refuse(BadResponse bad) {
        return Reply.Failure.ofProperty(INVALID_PROPERTY, "parts.body", bad.reason());
    }

    /**
     * Folds a response and has the message that brings it created.
     *
     * @param creation takes a folding, or null when the response changes nothing; asked again to fold when its future is
     *     empty, as what it was folded into has changed meanwhile
     */
    Future<Reply> fold(
            String user,
            String conversation,
            Response response,
            Function<@Nullable Folding, Future<Optional<Reply>>> creation) {
        return store.find(conversation, response.messageId())
                .compose(place -> place.isEmpty()
                        ? Future.succeededFuture(NO_TARGET)
                        : turns.next(place.get(), () -> fold(user, place.get(), response, creation)));
    }

    private Future<Reply> fold(
            String user,
            Place place,
            Response response,
            Function<@Nullable Folding, Future<Optional<Reply>>> creation) {
        return store.read(List.of(place)).compose(stored -> {
            if (stored.isEmpty()) {
                return Future.succeededFuture(NO_TARGET);
            }
            return edits.read(List.of(place))
                    .compose(read -> folding(user, stored.getFirst(), read.get(place), response))
                    .compose(creation)
                    .compose(reply -> reply.isPresent()
                            ? Future.succeededFuture(reply.get())
                            : fold(user, place, response, creation))
                    .recover(failure -> failure instanceof BadResponse bad
                            ? Future.succeededFuture(refuse(bad))
                            : Future.failedFuture(failure));
        });
    }

    private Future<@Nullable Folding> folding(
            String user, MessageStore.Stored stored, @Nullable Edit edit, Response response) {
        Edit now = edit == null ? new Edit(0, 0, stored.parts()) : edit;
        long at = now.after(stored.sentAt());
        Optional<Summaries.Folded> folded = Summaries.fold(now.parts(), response, user, at);
        if (folded.isEmpty()) {
            return Future.succeededFuture(null);
        }
        Summaries.Folded summary = folded.get();
        Draft draft = new Draft(
                stored.place(),
                now.version(),
                at,
                summary.parts(),
                summary.change(),
                summary.part().id(),
                user);
        return views.asSent(List.of(stored))
                .map(sent -> new Folding(sent.getFirst().with(draft.parts(), at), draft));
    }
}
