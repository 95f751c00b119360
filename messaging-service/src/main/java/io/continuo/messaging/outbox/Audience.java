package io.continuo.messaging.outbox;

import io.continuo.common.event.Event;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.settings.LimitSettings;
import io.continuo.messaging.conversation.ChangeStore;
import io.continuo.messaging.conversation.ConversationStore;
import io.continuo.messaging.conversation.ConversationStore.Circle;
import io.continuo.messaging.conversation.MessageStore;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.continuo.messaging.conversation.ReceiptStore;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.history.HistoryStore.Target;
import io.continuo.messaging.history.HistoryStore.Way;
import io.vertx.core.Future;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whom an event concerns, what it is to them, and how it changes their counts. */
public final class Audience {
    private final ConversationStore conversations;
    private final ChangeStore changes;
    private final MessageStore messages;
    private final ReceiptStore receipts;
    private final Events events;
    private final LimitSettings limits;

    /** In a channel with more members than these, only who is concerned hears of others' coming and going. */
    private static final int WELL_KNOWN = 250;

    public Audience(
            ConversationStore conversations,
            ChangeStore changes,
            MessageStore messages,
            ReceiptStore receipts,
            Events events,
            LimitSettings limits) {
        this.conversations = conversations;
        this.changes = changes;
        this.messages = messages;
        this.receipts = receipts;
        this.events = events;
        this.limits = limits;
    }

    /**
     * What an event is to some clients. One who is added to a conversation gets the conversation, the others get the
     * addition.
     *
     * @param event empty when {@code ref} is still to be resolved
     */
    record Share(EventRef ref, Optional<Event> event, List<Target> targets) {
        static Share of(EventRef ref, Event event, List<Target> targets) {
            return new Share(ref, Optional.of(event), targets);
        }
    }

    /** Who takes part in a conversation is not what it was. */
    void forget(String conversation) {
        conversations.forgetAudience(conversation);
    }

    /** Others may have changed who takes part in what. */
    void forgetAll() {
        conversations.forgetAudiences();
    }

    Future<List<Share>> of(EventRef ref, Event event) {
        return switch (event) {
            case Event.ConversationCreated created ->
                all(
                        ref,
                        event,
                        created.conversation().participants().stream()
                                .map(Person::userId)
                                .toList());
            case Event.ConversationChanged changed ->
                ContainerId.isChannel(changed.conversationId())
                        ? conversations
                                .audience(changed.conversationId())
                                .map(users -> one(ref, event, users, Way.SIMPLE))
                        : ofChange(ref, changed);
            case Event.ChannelCreated created ->
                conversations.audience(created.channel().id()).map(users -> one(ref, event, users, Way.SIMPLE));
            case Event.MembershipCreated created -> {
                String channel = created.membership().channelId();
                String user = created.membership().person().userId();
                EventRef joined =
                        new EventRef.ChannelJoined(channel, created.membership().joinedAt(), created.author());
                Share own = new Share(joined, Optional.empty(), List.of(new Target(user, Way.SIMPLE)));
                yield ofMembership(ref, created, channel, user, own);
            }
            case Event.MembershipDeleted deleted -> {
                String channel = deleted.channelId();
                EventRef gone = new EventRef.ConversationDeleted(channel, DeletionMode.MY_DEVICES);
                Share own = Share.of(
                        gone,
                        new Event.ConversationDeleted(channel, DeletionMode.MY_DEVICES),
                        List.of(new Target(deleted.user(), Way.SIMPLE)));
                yield ofMembership(ref, deleted, channel, deleted.user(), own);
            }
            case Event.ConversationDeleted deleted -> ofDeletion(ref, deleted);
            case Event.ConversationReturned returned -> {
                conversations.forgetAudience(returned.conversation().id());
                yield Future.succeededFuture(one(ref, event, List.of(returned.author()), user -> Way.SENT));
            }
            case Event.MessageCreated created -> ofMessage((EventRef.MessageCreated) ref, created);
            case Event.MessageDeleted deleted ->
                ref instanceof EventRef.MessageHidden hidden
                        ? Future.succeededFuture(
                                one(ref, event, List.of(hidden.user()), user -> hidden.unread() ? Way.READ : Way.SENT))
                        : ofDeletedMessage((EventRef.MessageDeleted) ref, deleted);
            case Event.PartChanged changed ->
                conversations
                        .circle(changed.message().conversationId())
                        .map(Circle::present)
                        .map(users ->
                                one(ref, event, users, user -> changed.change().span() == 2 ? Way.SENT : Way.SIMPLE));
            case Event.ReceiptChanged receipt -> ofReceipt((EventRef.ReceiptChanged) ref, receipt);
            case Event.AllRead read -> ofAllRead((EventRef.AllRead) ref, read);
            case Event.IdentityChanged changed -> all(ref, event, List.of(changed.user()));
            case Event.IdentityDeleted deleted -> all(ref, event, List.of(deleted.user()));
            case Event.Followed followed -> all(ref, event, List.of(followed.user()));
            case Event.Unfollowed unfollowed -> all(ref, event, List.of(unfollowed.user()));
            case Event.AnnouncementCreated created -> Future.succeededFuture(List.of()); // see Recipients
            case Event.AnnouncementMarked marked -> all(ref, event, List.of(marked.user()));
            case Event.AnnouncementDeleted deleted -> all(ref, event, List.of(deleted.user()));
            case Event.ChangesLost lost -> all(ref, event, List.of(lost.user()));
            case Event.CanarySang sang -> all(ref, event, List.of(sang.user()));
        };
    }

    private static Future<List<Share>> all(EventRef ref, Event event, List<String> users) {
        return Future.succeededFuture(one(ref, event, users, user -> Way.SIMPLE));
    }

    private static List<Share> one(EventRef ref, Event event, List<String> users, Function<String, Way> way) {
        return List.of(Share.of(
                ref,
                event,
                users.stream().map(user -> new Target(user, way.apply(user))).toList()));
    }

    /** In a channel nothing is counted for anyone, so that thousands of members cost no more than their histories. */
    private static List<Share> one(EventRef ref, Event event, List<String> users, Way way) {
        return List.of(Share.of(ref, event, new Everyone(users, way)));
    }

    /** Targets that are made as they are looked at: the list of users is the one in memory. */
    private static final class Everyone extends AbstractList<Target> {
        private final List<String> users;
        private final Way way;

        Everyone(List<String> users, Way way) {
            this.users = users;
            this.way = way;
        }

        @Override
        public Target get(int index) {
            return new Target(users.get(index), way);
        }

        @Override
        public int size() {
            return users.size();
        }
    }

    /** @param own what it is to the user who came or went */
    private Future<List<Share>> ofMembership(EventRef ref, Event event, String channel, String user, Share own) {
        conversations.forgetAudience(channel);
        return conversations.audience(channel).map(members -> {
            List<String> concerned = members.size() <= WELL_KNOWN ? members : List.of(event.author());
            List<String> others =
                    concerned.stream().filter(member -> !member.equals(user)).toList();
            return List.of(own, Share.of(ref, event, new Everyone(others, Way.SIMPLE)));
        });
    }

    private Future<List<Share>> ofChange(EventRef ref, Event.ConversationChanged changed) {
        String id = changed.conversationId();
        Set<String> added = new HashSet<>();
        Set<String> removed = new HashSet<>();
        for (ConversationChange change : changed.changes()) {
            if (change instanceof ConversationChange.AddParticipant add) {
                added.add(add.person().userId());
            } else if (change instanceof ConversationChange.RemoveParticipant remove) {
                removed.add(remove.user());
            }
        }
        if (!added.isEmpty() || !removed.isEmpty()) {
            conversations.forgetAudience(id);
        }
        boolean left = removed.remove(changed.author());
        return conversations.circle(id).compose(circle -> {
            Stream<String> stay = circle.users().stream().filter(user -> !added.contains(user));
            List<String> others =
                    Stream.concat(removed.stream(), stay).filter(circle::sees).toList();
            List<Share> shares = new ArrayList<>(one(ref, changed, others, user -> Way.SIMPLE));
            if (left) {
                Event gone = new Event.ConversationDeleted(id, DeletionMode.MY_DEVICES);
                EventRef goneRef = new EventRef.ConversationDeleted(id, DeletionMode.MY_DEVICES);
                shares.addAll(one(goneRef, gone, List.of(changed.author()), user -> Way.GONE));
            }
            return added.isEmpty() ? Future.succeededFuture(shares) : joined(id, added, circle, shares);
        });
    }

    /** Who comes back may not see all that there is. */
    private Future<List<Share>> joined(String id, Set<String> added, Circle circle, List<Share> shares) {
        List<String> veiled = added.stream().filter(circle.veils()::containsKey).toList();
        List<String> plain =
                added.stream().filter(user -> !veiled.contains(user)).toList();
        Future<Void> done = conversations.newestPlace(id).map(newest -> {
            shares.add(joined(id, newest.position(), newest.total(), plain));
            return null;
        });
        for (String user : veiled) {
            done = done.compose(before -> conversations.sight(user, id))
                    .compose(sight -> messages.newest(user, id, sight).map(newest -> {
                        long position = newest.map(message -> message.place().position())
                                .orElse(0L);
                        shares.add(joined(id, position, sight.total(), List.of(user)));
                        return null;
                    }));
        }
        return done.map(shares);
    }

    private static Share joined(String id, long position, int total, List<String> users) {
        List<Target> targets =
                users.stream().map(user -> new Target(user, Way.GONE)).toList();
        return new Share(new EventRef.ConversationJoined(id, position, total), Optional.empty(), targets);
    }

    /** For one user, or for everyone who took part. */
    private Future<List<Share>> ofDeletion(EventRef ref, Event.ConversationDeleted deleted) {
        String id = deleted.conversationId();
        if (ref instanceof EventRef.ConversationCut cut) {
            conversations.forgetAudience(id);
            EventRef gone = new EventRef.ConversationDeleted(id, DeletionMode.MY_DEVICES);
            return Future.succeededFuture(one(gone, deleted, List.of(cut.user()), user -> Way.GONE));
        }
        return changes.participantsOfDeleted(id).map(users -> one(ref, deleted, users, user -> Way.GONE));
    }

    /** Who does not see all of the conversation counts fewer messages. */
    private Future<List<Share>> ofMessage(EventRef.MessageCreated ref, Event.MessageCreated created) {
        if (ContainerId.isChannel(ref.conversationId())) {
            return conversations.audience(ref.conversationId()).map(users -> one(ref, created, users, Way.SIMPLE));
        }
        Function<String, Way> way = user -> user.equals(created.author()) ? Way.SENT : Way.RECEIVED;
        Map<String, Object> fewer = ref.fewer();
        return conversations.audience(ref.conversationId()).map(users -> {
            if (fewer.isEmpty()) {
                return one(ref, created, users, way);
            }
            EventRef plain = new EventRef.MessageCreated(ref.conversationId(), ref.position(), ref.total());
            List<String> all =
                    users.stream().filter(user -> !fewer.containsKey(user)).toList();
            List<Share> shares = new ArrayList<>(one(plain, created, all, way));
            for (String user : users) {
                if (fewer.get(user) instanceof Number less) {
                    int total = ref.total() - less.intValue();
                    shares.addAll(one(
                            new EventRef.MessageCreated(ref.conversationId(), ref.position(), total),
                            new Event.MessageCreated(created.message(), total),
                            List.of(user),
                            way));
                }
            }
            return shares;
        });
    }

    /** Who has not read the message has one less to read; who does not see all has another conversation left. */
    private Future<List<Share>> ofDeletedMessage(EventRef.MessageDeleted ref, Event.MessageDeleted deleted) {
        if (ContainerId.isChannel(ref.conversationId())) {
            return conversations.audience(ref.conversationId()).map(users -> one(ref, deleted, users, Way.SIMPLE));
        }
        Map<String, Object> others = ref.others();
        EventRef plain = others.isEmpty() ? ref : left(ref, ref.total(), ref.lastMessageId());
        return receipts.of(new Place(ref.conversationId(), ref.position()))
                .compose(known -> conversations.audience(ref.conversationId()).map(users -> {
                    Function<String, Way> way = user -> known.get(user) == ReceiptStatus.READ ? Way.SENT : Way.READ;
                    List<String> all = users.stream()
                            .filter(user -> !others.containsKey(user))
                            .toList();
                    List<Share> shares = new ArrayList<>(one(plain, deleted, all, way));
                    for (String user : users) {
                        String own = String.valueOf(others.getOrDefault(user, ""));
                        if (!own.isEmpty()) {
                            int total = Integer.parseInt(own.substring(0, own.indexOf(':')));
                            String last = own.substring(own.indexOf(':') + 1);
                            Event event = new Event.MessageDeleted(ref.messageId(), ref.conversationId(), last, total);
                            shares.addAll(one(left(ref, total, last), event, List.of(user), way));
                        }
                    }
                    return shares;
                }));
    }

    private static EventRef left(EventRef.MessageDeleted ref, int total, String last) {
        return new EventRef.MessageDeleted(ref.conversationId(), ref.position(), total, ref.messageId(), last);
    }

    /** In a large room a receipt concerns only the message's sender and the reader: everybody else has no use for it. */
    private Future<List<Share>> ofReceipt(EventRef.ReceiptChanged ref, Event.ReceiptChanged receipt) {
        return conversations
                .circle(receipt.conversationId())
                .map(Circle::present)
                .compose(users -> {
                    Future<List<String>> concerned = users.size() > limits.largeRoom()
                            ? senderAndReader(ref, users)
                            : Future.succeededFuture(users);
                    return concerned.map(all -> one(ref, receipt, all, user -> {
                        boolean hasRead = receipt.status() == ReceiptStatus.READ && user.equals(receipt.author());
                        return hasRead ? Way.READ : Way.SIMPLE;
                    }));
                });
    }

    /** As with a single receipt. */
    private Future<List<Share>> ofAllRead(EventRef.AllRead ref, Event.AllRead read) {
        Target reader = new Target(ref.user(), ref.exact() ? Way.LEFT_UNREAD : Way.READ_MORE, ref.count());
        return conversations.circle(ref.conversationId()).map(Circle::present).compose(users -> {
            Future<List<String>> concerned =
                    users.size() > limits.largeRoom() ? sendersAmong(users, ref) : Future.succeededFuture(users);
            return concerned.map(others -> {
                List<Target> targets = new ArrayList<>(others.size() + 1);
                targets.add(reader);
                others.stream()
                        .filter(user -> !user.equals(ref.user()))
                        .forEach(user -> targets.add(new Target(user, Way.SIMPLE)));
                return List.of(Share.of(ref, read, targets));
            });
        });
    }

    private Future<List<String>> sendersAmong(List<String> users, EventRef.AllRead ref) {
        Set<String> here = Set.copyOf(users);
        return events.nowRead(ref)
                .map(messages -> messages.stream()
                        .map(MessageStore.Stored::sender)
                        .distinct()
                        .filter(here::contains)
                        .toList());
    }

    private Future<List<String>> senderAndReader(EventRef.ReceiptChanged ref, List<String> users) {
        EventRef message = new EventRef.MessageCreated(ref.conversationId(), ref.position(), 0);
        return events.resolve(message)
                .map(sent -> Stream.concat(sent.map(Event::author).stream(), Stream.of(ref.user()))
                        .distinct()
                        .filter(users::contains)
                        .toList());
    }
}
