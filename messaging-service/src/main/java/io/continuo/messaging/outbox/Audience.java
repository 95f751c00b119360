package io.continuo.messaging.outbox;

import io.continuo.common.event.Event;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.settings.LimitSettings;
import io.continuo.messaging.conversation.ConversationStore;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.history.HistoryStore.Target;
import io.continuo.messaging.history.HistoryStore.Way;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whom an event concerns, and how it changes their counts. */
final class Audience {
    private final ConversationStore conversations;
    private final Events events;
    private final LimitSettings limits;

    Audience(ConversationStore conversations, Events events, LimitSettings limits) {
        this.conversations = conversations;
        this.events = events;
        this.limits = limits;
    }

    Future<List<Target>> of(EventRef ref, Event event) {
        return switch (event) {
            case Event.ConversationCreated created ->
                Future.succeededFuture(created.conversation().participants().stream()
                        .map(person -> new Target(person.userId(), Way.SIMPLE))
                        .toList());
            case Event.MessageCreated created ->
                conversations
                        .audience(created.message().conversationId())
                        .map(users -> users.stream()
                                .map(user -> new Target(user, user.equals(created.author()) ? Way.SENT : Way.RECEIVED))
                                .toList());
            case Event.ReceiptChanged receipt -> ofReceipt(ref, receipt);
        };
    }

    /** In a large room a receipt concerns only the message's sender and the reader: everybody else has no use for it. */
    private Future<List<Target>> ofReceipt(EventRef ref, Event.ReceiptChanged receipt) {
        return conversations.audience(receipt.conversationId()).compose(users -> {
            Future<List<String>> concerned =
                    users.size() > limits.largeRoom() ? senderAndReader(ref, receipt) : Future.succeededFuture(users);
            return concerned.map(all -> all.stream()
                    .map(user -> new Target(user, wayOf(user, receipt)))
                    .toList());
        });
    }

    private Future<List<String>> senderAndReader(EventRef ref, Event.ReceiptChanged receipt) {
        if (!(ref instanceof EventRef.ReceiptChanged place)) {
            throw new IllegalArgumentException("Not a receipt: " + ref);
        }
        EventRef message = new EventRef.MessageCreated(place.conversationId(), place.position());
        return events.resolve(message)
                .map(sent -> Stream.concat(sender(sent), Stream.of(receipt.author()))
                        .distinct()
                        .toList());
    }

    private static Stream<String> sender(Optional<Event> sent) {
        return sent.map(Event::author).stream();
    }

    private static Way wayOf(String user, Event.ReceiptChanged receipt) {
        boolean hasRead = receipt.status() == ReceiptStatus.READ && user.equals(receipt.author());
        return hasRead ? Way.READ : Way.SIMPLE;
    }
}
