package io.continuo.messaging.outbox;

import io.continuo.common.event.Event;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.messaging.cache.RecentMap;
import io.continuo.messaging.conversation.ConversationStore;
import io.continuo.messaging.conversation.MessageStore;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.conversation.MessageViews;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.identity.Identities;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes events of pointers: what a history or the outbox stores becomes what a dialect can render, as it was when it
 * happened, so that a replayed packet equals the live one.
 */
public final class Events {
    private static final int REMEMBERED = 4_096;

    private final ConversationStore conversations;
    private final MessageStore messages;
    private final MessageViews views;
    private final Identities identities;
    private final Map<Place, Message> recent = new RecentMap<>(REMEMBERED);

    public Events(ConversationStore conversations, MessageStore messages, MessageViews views, Identities identities) {
        this.conversations = conversations;
        this.messages = messages;
        this.views = views;
        this.identities = identities;
    }

    /** Spares the next reader of a message that was just sent the way to Redis. */
    void remember(Event event) {
        if (event instanceof Event.MessageCreated created) {
            Message message = created.message();
            recent.put(new Place(message.conversationId(), message.position()), message);
        }
    }

    Future<Optional<Event>> resolve(EventRef ref) {
        return resolve(List.of(ref)).map(List::getFirst);
    }

    /** The events of {@code refs}, in their order; empty where the object is gone. */
    public Future<List<Optional<Event>>> resolve(List<EventRef> refs) {
        Map<Place, Message> sent = new HashMap<>();
        Set<Place> missing = new LinkedHashSet<>();
        Set<String> created = new LinkedHashSet<>();
        for (EventRef ref : refs) {
            switch (ref) {
                case EventRef.ConversationCreated conversation -> created.add(conversation.conversationId());
                case EventRef.MessageCreated message -> look(place(message), sent, missing);
                case EventRef.ReceiptChanged receipt -> look(place(receipt), sent, missing);
            }
        }
        return read(missing, sent)
                .compose(read -> conversations(created)
                        .map(byId ->
                                refs.stream().map(ref -> event(ref, sent, byId)).toList()));
    }

    private void look(Place place, Map<Place, Message> sent, Set<Place> missing) {
        Message known = recent.get(place);
        if (known == null) {
            missing.add(place);
        } else {
            sent.put(place, known);
        }
    }

    private Future<Void> read(Set<Place> missing, Map<Place, Message> sent) {
        if (missing.isEmpty()) {
            return Future.succeededFuture();
        }
        return messages.read(List.copyOf(missing)).compose(views::asSent).map(read -> {
            read.forEach(message -> {
                Place place = new Place(message.conversationId(), message.position());
                sent.put(place, message);
                recent.put(place, message);
            });
            return null;
        });
    }

    private Future<Map<String, Event>> conversations(Set<String> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return conversations.read(List.copyOf(ids)).compose(stored -> {
            List<String> people = stored.stream()
                    .flatMap(c -> c.participants().stream())
                    .distinct()
                    .toList();
            return identities.people(people).map(persons -> {
                Map<String, Person> byUser = new HashMap<>();
                persons.forEach(person -> byUser.put(person.userId(), person));
                Map<String, Event> byId = new HashMap<>();
                stored.forEach(c -> byId.put(c.id(), created(c, byUser)));
                return byId;
            });
        });
    }

    private static Event created(ConversationStore.Stored stored, Map<String, Person> people) {
        Conversation conversation = new Conversation(
                stored.id(),
                stored.createdAt(),
                stored.participants().stream().map(people::get).toList(),
                !stored.digest().isEmpty(),
                stored.metadata());
        return new Event.ConversationCreated(conversation, stored.creator());
    }

    private static Optional<Event> event(EventRef ref, Map<Place, Message> sent, Map<String, Event> created) {
        return switch (ref) {
            case EventRef.ConversationCreated conversation ->
                Optional.ofNullable(created.get(conversation.conversationId()));
            case EventRef.MessageCreated message ->
                Optional.ofNullable(sent.get(place(message))).map(Event.MessageCreated::new);
            case EventRef.ReceiptChanged receipt ->
                Optional.ofNullable(sent.get(place(receipt)))
                        .map(message -> new Event.ReceiptChanged(
                                message.id(), receipt.conversationId(), receipt.user(), receipt.status()));
        };
    }

    private static Place place(EventRef.MessageCreated ref) {
        return new Place(ref.conversationId(), ref.position());
    }

    private static Place place(EventRef.ReceiptChanged ref) {
        return new Place(ref.conversationId(), ref.position());
    }
}
