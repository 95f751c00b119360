package io.continuo.messaging.outbox;

import io.continuo.common.event.Event;
import io.continuo.common.model.Announcement;
import io.continuo.common.model.Channel;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.Membership;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.messaging.announcement.AnnouncementViews;
import io.continuo.messaging.cache.RecentMap;
import io.continuo.messaging.conversation.ChangeStore;
import io.continuo.messaging.conversation.ChannelStore;
import io.continuo.messaging.conversation.ConversationStore;
import io.continuo.messaging.conversation.EditStore;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of pointers: what a history or the outbox stores becomes what a dialect can render, as it was when it
 * happened, so that a replayed packet equals the live one. Only a changed part shows as it is by now, since what it was
 * meanwhile is not kept; who gets all changes ends up with the same.
 */
public final class Events {
    private static final int REMEMBERED = 4_096;
    /** So many messages that were read as a whole are named one by one, the newest of them. */
    private static final int NAMED = 100;

    private final ConversationStore conversations;
    private final ChannelStore channels;
    private final ChangeStore changes;
    private final MessageStore messages;
    private final EditStore edits;
    private final MessageViews views;
    private final Identities identities;
    private final UserEvents userEvents;
    private final AnnouncementViews announcements;
    private final Map<Place, Message> recent = new RecentMap<>(REMEMBERED);

    public Events(
            ConversationStore conversations,
            ChannelStore channels,
            ChangeStore changes,
            MessageStore messages,
            EditStore edits,
            MessageViews views,
            Identities identities,
            UserEvents userEvents,
            AnnouncementViews announcements) {
        this.conversations = conversations;
        this.channels = channels;
        this.changes = changes;
        this.messages = messages;
        this.edits = edits;
        this.views = views;
        this.identities = identities;
        this.userEvents = userEvents;
        this.announcements = announcements;
    }

    /** Spares the next reader of a message that was just sent the way to Redis. */
    void remember(Event event) {
        if (event instanceof Event.MessageCreated created) {
            Message message = created.message();
            recent.put(new Place(message.conversationId(), message.position()), message);
        }
    }

    /** @param position of a deleted message; 0 for all of a deleted conversation */
    public void forget(String conversation, long position) {
        if (position > 0) {
            recent.remove(new Place(conversation, position));
        } else {
            recent.keySet().removeIf(place -> place.conversation().equals(conversation));
        }
    }

    /** Redis may have come back with less than it held. */
    public void forgetAll() {
        recent.clear();
    }

    Future<Optional<Event>> resolve(EventRef ref) {
        return resolve(List.of(ref)).map(List::getFirst);
    }

    /** The events of {@code refs}, in their order; empty where the object is gone. */
    public Future<List<Optional<Event>>> resolve(List<EventRef> refs) {
        Found found = new Found();
        Set<Place> missing = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        Set<String> seenChannels = new LinkedHashSet<>();
        Set<EventRef.ConversationChanged> changed = new LinkedHashSet<>();
        Set<Place> changedParts = new LinkedHashSet<>();
        Set<EventRef.AllRead> allRead = new LinkedHashSet<>();
        Set<EventRef.UserChanged> users = new LinkedHashSet<>();
        Set<String> told = new LinkedHashSet<>();
        for (EventRef ref : refs) {
            switch (ref) {
                case EventRef.ConversationCreated created ->
                    (ContainerId.isChannel(created.conversationId()) ? seenChannels : seen)
                            .add(created.conversationId());
                case EventRef.ChannelJoined joined -> seenChannels.add(joined.conversationId());
                case EventRef.ConversationJoined joined -> {
                    seen.add(joined.conversationId());
                    Place newest = new Place(joined.conversationId(), joined.position());
                    look(newest, found.messages, missing);
                    changedParts.add(newest);
                }
                case EventRef.ConversationChanged change -> {
                    changed.add(change);
                    if (ContainerId.isChannel(change.conversationId())) {
                        seenChannels.add(change.conversationId());
                    }
                }
                case EventRef.MessageCreated message ->
                    look(new Place(message.conversationId(), message.position()), found.messages, missing);
                case EventRef.PartChanged part -> {
                    Place place = new Place(part.conversationId(), part.position());
                    look(place, found.messages, missing);
                    changedParts.add(place);
                }
                case EventRef.ReceiptChanged receipt ->
                    look(new Place(receipt.conversationId(), receipt.position()), found.messages, missing);
                case EventRef.AllRead all -> allRead.add(all);
                case EventRef.ConversationReturned returned -> seen.add(returned.conversationId());
                case EventRef.ConversationCut cut -> {}
                case EventRef.MessageHidden hidden -> {}
                case EventRef.ConversationDeleted deleted -> {}
                case EventRef.MessageDeleted deleted -> {}
                case EventRef.UserChanged change -> users.add(change);
                case EventRef.AnnouncementCreated created -> told.add(created.announcementId());
                case EventRef.ChangesLost lost -> {}
                case EventRef.CanarySang sang -> {}
            }
        }
        return read(missing, found.messages)
                .compose(read -> conversations(seen, found))
                .compose(read -> channels(seenChannels, found))
                .compose(read -> changes(changed, found))
                .compose(read -> edits.read(List.copyOf(changedParts)))
                .onSuccess(found.edits::putAll)
                .compose(read -> readAsAWhole(allRead, found))
                .compose(read -> announcements.asMade(List.copyOf(told)))
                .onSuccess(found::add)
                .compose(read -> userEvents.resolve(users))
                .onSuccess(found.users::putAll)
                .map(read -> refs.stream().map(found::event).toList());
    }

    /** What pointers point to. */
    private static final class Found {
        final Map<Place, Message> messages = new HashMap<>();
        final Map<String, ConversationStore.Stored> stored = new HashMap<>();
        final Map<String, Channel> channels = new HashMap<>();
        final Map<String, Person> people = new HashMap<>();
        final Map<EventRef, ChangeStore.Stored> changes = new HashMap<>();
        final Map<Place, EditStore.Edit> edits = new HashMap<>();
        final Map<EventRef, List<MessageStore.Stored>> allRead = new HashMap<>();
        final Map<EventRef, Event> users = new HashMap<>();

        void add(List<Announcement> announcements) {
            announcements.forEach(announcement -> users.put(
                    new EventRef.AnnouncementCreated(announcement.id()), new Event.AnnouncementCreated(announcement)));
        }

        Optional<Event> event(EventRef ref) {
            return switch (ref) {
                case EventRef.ConversationCreated created ->
                    ContainerId.isChannel(created.conversationId())
                            ? channel(created.conversationId())
                                    .map(it -> new Event.ChannelCreated(it, it.creator(), it.createdAt()))
                            : conversation(created.conversationId(), null, 0);
                case EventRef.ChannelJoined joined ->
                    channel(joined.conversationId())
                            .map(it -> new Event.ChannelCreated(it, joined.by(), joined.joinedAt()));
                case EventRef.ConversationJoined joined ->
                    conversation(
                            joined.conversationId(),
                            now(joined.conversationId(), joined.position()).orElse(null),
                            joined.total());
                case EventRef.ConversationChanged change ->
                    Optional.ofNullable(changes.get(change)).flatMap(done -> changed(change, done));
                case EventRef.ConversationDeleted deleted ->
                    Optional.of(new Event.ConversationDeleted(deleted.conversationId(), deleted.mode()));
                case EventRef.ConversationCut cut ->
                    Optional.of(new Event.ConversationDeleted(cut.conversationId(), DeletionMode.MY_DEVICES));
                case EventRef.ConversationReturned returned ->
                    Optional.ofNullable(stored.get(returned.conversationId()))
                            .map(c -> new Event.ConversationReturned(conversation(c), returned.user(), returned.cut()));
                case EventRef.MessageHidden hidden ->
                    Optional.of(new Event.MessageDeleted(
                            hidden.messageId(),
                            hidden.conversationId(),
                            hidden.lastMessageId(),
                            hidden.total(),
                            DeletionMode.MY_DEVICES));
                case EventRef.MessageCreated message ->
                    message(message.conversationId(), message.position())
                            .map(sent -> new Event.MessageCreated(sent, message.total()));
                case EventRef.MessageDeleted deleted ->
                    Optional.of(new Event.MessageDeleted(
                            deleted.messageId(), deleted.conversationId(), deleted.lastMessageId(), deleted.total()));
                case EventRef.PartChanged part ->
                    now(part.conversationId(), part.position())
                            .map(message ->
                                    new Event.PartChanged(message, part.change(), part.partId(), part.author()));
                case EventRef.ReceiptChanged receipt ->
                    message(receipt.conversationId(), receipt.position())
                            .map(sent -> new Event.ReceiptChanged(
                                    sent.id(), receipt.conversationId(), receipt.user(), receipt.status()));
                case EventRef.AllRead all ->
                    Optional.of(new Event.AllRead(
                            all.conversationId(),
                            all.user(),
                            all.to(),
                            allRead.getOrDefault(all, List.of()).stream()
                                    .map(MessageStore.Stored::id)
                                    .toList()));
                case EventRef.UserChanged change -> Optional.ofNullable(users.get(change));
                case EventRef.AnnouncementCreated created -> Optional.ofNullable(users.get(created));
                case EventRef.ChangesLost lost -> Optional.of(new Event.ChangesLost(lost.user()));
                case EventRef.CanarySang sang -> Optional.of(new Event.CanarySang(sang.user(), sang.number()));
            };
        }

        /** What happens to a channel's members is told of each of them, not of the channel. */
        private Optional<Event> changed(EventRef.ConversationChanged ref, ChangeStore.Stored done) {
            String id = ref.conversationId();
            ConversationChange first = done.changes().getFirst();
            if (ContainerId.isChannel(id) && first instanceof ConversationChange.AddParticipant add) {
                Person person = person(add.person().userId());
                return channel(id)
                        .map(it -> new Event.MembershipCreated(
                                new Membership(id, person, it.role(person.userId()), ref.timeMs()), done.author()));
            }
            if (ContainerId.isChannel(id) && first instanceof ConversationChange.RemoveParticipant remove) {
                return Optional.of(new Event.MembershipDeleted(id, remove.user(), done.author()));
            }
            return Optional.of(new Event.ConversationChanged(id, done.author(), named(done.changes())));
        }

        private Optional<Channel> channel(String id) {
            return Optional.ofNullable(channels.get(id));
        }

        private Optional<Message> message(String conversation, long position) {
            return Optional.ofNullable(messages.get(new Place(conversation, position)));
        }

        /** A message with its parts as they are by now, not as they were sent. */
        private Optional<Message> now(String conversation, long position) {
            EditStore.Edit edit = edits.get(new Place(conversation, position));
            return message(conversation, position)
                    .map(sent -> edit == null ? sent : sent.with(edit.parts(), edit.at()));
        }

        private Optional<Event> conversation(String id, @Nullable Message last, int total) {
            return Optional.ofNullable(stored.get(id))
                    .map(c -> new Event.ConversationCreated(conversation(c), c.creator(), last, total));
        }

        private Conversation conversation(ConversationStore.Stored c) {
            return new Conversation(
                    c.id(),
                    c.createdAt(),
                    c.participants().stream().map(this::person).toList(),
                    !c.digest().isEmpty(),
                    c.metadata());
        }

        private List<ConversationChange> named(List<ConversationChange> changes) {
            return changes.stream()
                    .map(change -> change instanceof ConversationChange.AddParticipant add
                            ? new ConversationChange.AddParticipant(
                                    person(add.person().userId()))
                            : change)
                    .toList();
        }

        private Person person(String user) {
            return people.getOrDefault(user, Person.of(user));
        }
    }

    private Future<Void> conversations(Set<String> ids, Found found) {
        if (ids.isEmpty()) {
            return Future.succeededFuture();
        }
        return conversations.read(List.copyOf(ids)).compose(read -> {
            read.forEach(c -> found.stored.put(c.id(), c));
            return people(read.stream().flatMap(c -> c.participants().stream()), found);
        });
    }

    private Future<Void> channels(Set<String> ids, Found found) {
        return channels.read(List.copyOf(ids)).map(read -> {
            read.forEach(channel -> found.channels.put(channel.id(), channel));
            return null;
        });
    }

    private Future<Void> changes(Set<EventRef.ConversationChanged> refs, Found found) {
        if (refs.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Future<Void>> reads = refs.stream()
                .map(ref -> changes.read(ref.conversationId(), ref.stamp()).<Void>map(read -> {
                    read.ifPresent(change -> found.changes.put(ref, change));
                    return null;
                }))
                .toList();
        return Future.all(reads)
                .compose(read -> people(
                        found.changes.values().stream()
                                .flatMap(change -> change.changes().stream())
                                .flatMap(change -> change instanceof ConversationChange.AddParticipant add
                                        ? Stream.of(add.person().userId())
                                        : Stream.empty()),
                        found));
    }

    private Future<Void> readAsAWhole(Set<EventRef.AllRead> refs, Found found) {
        if (refs.isEmpty()) {
            return Future.succeededFuture();
        }
        return Future.all(refs.stream()
                        .map(ref -> nowRead(ref).onSuccess(read -> found.allRead.put(ref, read)))
                        .toList())
                .mapEmpty();
    }

    /** The newest of the messages that somebody has read as a whole; empty when they are gone. */
    public Future<List<MessageStore.Stored>> nowRead(EventRef.AllRead ref) {
        return messages.page(ref.conversationId(), ref.to() + 1, NAMED)
                .map(page -> page.stream()
                        .filter(message -> message.place().position() > ref.from())
                        .filter(message -> !message.sender().equals(ref.user()))
                        .toList());
    }

    private Future<Void> people(Stream<String> users, Found found) {
        return identities.people(users.distinct().toList()).map(persons -> {
            persons.forEach(person -> found.people.put(person.userId(), person));
            return null;
        });
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
}
