package io.continuo.messaging.conversation;

import static io.continuo.common.bus.ErrorCode.ACCESS_DENIED;
import static io.continuo.common.bus.ErrorCode.CONFLICT;
import static io.continuo.common.bus.ErrorCode.ID_IN_USE;
import static io.continuo.common.bus.ErrorCode.NOT_FOUND;
import static io.continuo.common.bus.ErrorCode.PARTICIPANT_BLOCKED;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ConversationRequest.SortBy;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.UserId;
import io.continuo.messaging.account.Blocks;
import io.continuo.messaging.history.HistoryStore;
import io.continuo.messaging.identity.Identities;
import io.continuo.messaging.outbox.Outbox;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What users do with conversations (protocol/layer.md §7.2, §13.4). */
public final class Conversations {
    public static final Reply UNKNOWN = Reply.Failure.of(NOT_FOUND, "There is no such conversation.");
    public static final Reply LEFT =
            Reply.Failure.of(ACCESS_DENIED, "You do not take part in this conversation any more.");

    static final Reply BLOCKED =
            Reply.Failure.of(PARTICIPANT_BLOCKED, "One of the participants is blocked, or has blocked you.");

    private final ConversationStore store;
    private final VeilStore veils;
    private final MessageStore messages;
    private final MessageViews views;
    private final Identities identities;
    private final HistoryStore history;
    private final Blocks blocks;
    private final Outbox outbox;

    public Conversations(
            ConversationStore store,
            VeilStore veils,
            MessageStore messages,
            MessageViews views,
            Identities identities,
            HistoryStore history,
            Blocks blocks,
            Outbox outbox) {
        this.store = store;
        this.veils = veils;
        this.messages = messages;
        this.views = views;
        this.identities = identities;
        this.history = history;
        this.blocks = blocks;
        this.outbox = outbox;
    }

    /** Creates a conversation, or finds the distinct one of the same people. */
    public Future<Reply> create(ConversationRequest.CreateConversation request) {
        TreeSet<String> people = new TreeSet<>(request.participants());
        if (!UserId.isBackend(request.user())) {
            people.add(request.user());
        }
        return blocks.stands(request.user(), List.copyOf(people))
                .compose(blocked -> blocked ? Future.succeededFuture(BLOCKED) : create(request, people));
    }

    private Future<Reply> create(ConversationRequest.CreateConversation request, SortedSet<String> people) {
        String digest = request.distinct() ? Participants.digest(people) : "";
        Future<String> id = request.distinct()
                ? store.claimDistinct(digest, request.conversationId())
                : Future.succeededFuture(request.conversationId());
        return id.compose(chosen -> create(request, chosen, List.copyOf(people), digest));
    }

    /**
     * With a distinct conversation, {@code id} may be somebody else's choice. Whoever claimed it may have died before
     * creating it, so it is created here if need be; who comes second finds it.
     */
    private Future<Reply> create(
            ConversationRequest.CreateConversation request, String id, List<String> people, String digest) {
        Map<String, Object> metadata = request.metadata();
        String json = metadata == null ? "" : StoredJson.text(metadata);
        return store.create(id, request.user(), people, digest, json, "").compose(creation -> switch (creation) {
            case ConversationStore.Creation.Created created -> created(request, id, people, created);
            case ConversationStore.Creation.Taken taken -> taken(request, id, digest, taken);
        });
    }

    private Future<Reply> created(
            ConversationRequest.CreateConversation request,
            String id,
            List<String> people,
            ConversationStore.Creation.Created created) {
        return identities.people(people).compose(participants -> {
            Conversation conversation =
                    new Conversation(id, created.createdAt(), participants, request.distinct(), request.metadata());
            outbox.accepted(created.accepted(), new Event.ConversationCreated(conversation, request.user(), null, 0));
            return outbox.settled(created.accepted())
                    .map(new Reply.ConversationFound(ConversationView.fresh(conversation), true, Position.BEGINNING));
        });
    }

    private Future<Reply> taken(
            ConversationRequest.CreateConversation request,
            String id,
            String digest,
            ConversationStore.Creation.Taken taken) {
        boolean sameDistinct = request.distinct() && taken.digest().equals(digest);
        if (request.distinct() && !sameDistinct) {
            Future<Void> unclaimed = store.unclaimDistinct(digest, id);
            boolean othersChoice = !id.equals(request.conversationId());
            return unclaimed.compose(gone -> othersChoice ? create(request) : inUse(request, taken));
        }
        boolean repeated =
                id.equals(request.conversationId()) && taken.creator().equals(request.user());
        return sameDistinct && !repeated ? found(request, id) : inUse(request, taken);
    }

    private Future<Reply> inUse(
            ConversationRequest.CreateConversation request, ConversationStore.Creation.Taken taken) {
        Reply.Failure failure = Reply.Failure.of(ID_IN_USE, "A conversation with this id exists.");
        boolean mayKnow = taken.creator().equals(request.user())
                || (UserId.isBackend(request.user())
                        && UserId.app(taken.creator()).equals(UserId.app(request.user())));
        if (!mayKnow) {
            return Future.succeededFuture(failure);
        }
        return view(request.user(), request.conversationId())
                .map(view -> view == null
                        ? failure
                        : new Reply.Failure(failure.code(), failure.message(), null, existing(view)));
    }

    /** Who had deleted it for themselves and now asks for it has it back. */
    private Future<Reply> found(ConversationRequest.CreateConversation request, String id) {
        return veils.bringBack(request.user(), id)
                .compose(result -> {
                    if (result instanceof VeilStore.Result.Done back) {
                        outbox.accepted(back.accepted());
                        return outbox.settled(back.accepted());
                    }
                    return Future.succeededFuture();
                })
                .compose(back -> reply(request, id));
    }

    private Future<Reply> reply(ConversationRequest.CreateConversation request, String id) {
        return view(request.user(), id).map(view -> {
            if (view == null) {
                return UNKNOWN;
            }
            Map<String, Object> wanted = request.metadata();
            Map<String, Object> there = view.conversation().metadata();
            boolean fits = wanted == null || wanted.isEmpty() || Objects.equals(wanted, there);
            return fits
                    ? existing(view)
                    : new Reply.Failure(
                            CONFLICT,
                            "The distinct conversation of these people has other metadata.",
                            null,
                            existing(view));
        });
    }

    private static Reply.ConversationFound existing(ConversationView view) {
        return new Reply.ConversationFound(view, false, Position.BEGINNING);
    }

    public Future<Reply> get(ConversationRequest.GetConversation request) {
        return history.tail(request.user())
                .compose(tail -> view(request.user(), request.conversationId())
                        .map(view -> view == null ? UNKNOWN : new Reply.ConversationFound(view, false, tail)));
    }

    public Future<Reply> list(ConversationRequest.ListConversations request) {
        return history.tail(request.user())
                .compose(tail -> store.idsOf(request.user())
                        .compose(ids -> sorted(request.user(), ids, request.sortBy())
                                .compose(all -> {
                                    int from = request.after() == null ? 0 : all.indexOf(request.after()) + 1;
                                    if (request.after() != null && from == 0) {
                                        return Future.succeededFuture(UNKNOWN);
                                    }
                                    List<String> page =
                                            all.subList(from, Math.min(all.size(), from + request.pageSize()));
                                    return views(request.user(), page)
                                            .map(views -> new Reply.ConversationPage(views, all.size(), tail));
                                })));
    }

    private Future<List<String>> sorted(String user, List<String> ids, SortBy sortBy) {
        return switch (sortBy) {
            case CREATED_AT -> Future.succeededFuture(ids);
            case LAST_MESSAGE ->
                store.read(ids)
                        .compose(stored -> lastAt(user, stored)
                                .map(lastAt -> stored.stream()
                                        .sorted(Comparator.comparingLong((ConversationStore.Stored c) ->
                                                        lastAt.getOrDefault(c.id(), c.lastAt()))
                                                .reversed())
                                        .map(ConversationStore.Stored::id)
                                        .toList()));
        };
    }

    /** When the newest message was sent that a user sees, of the conversations of which they do not see everything. */
    private Future<Map<String, Long>> lastAt(String user, List<ConversationStore.Stored> stored) {
        return sights(user, stored).compose(sights -> {
            Map<String, Long> lastAt = new HashMap<>();
            Map<String, Sight> partial = new HashMap<>();
            for (ConversationStore.Stored c : stored) {
                Sight sight = sights.getOrDefault(c.id(), Sight.NOTHING);
                if (sight.total() < c.count() || !sight.takesPart()) {
                    partial.put(c.id(), sight);
                    lastAt.put(c.id(), c.createdAt());
                }
            }
            return messages.newest(user, partial).map(newest -> {
                newest.forEach(message -> lastAt.put(message.place().conversation(), message.sentAt()));
                return lastAt;
            });
        });
    }

    private Future<Map<String, Sight>> sights(String user, List<ConversationStore.Stored> stored) {
        List<String> ids = stored.stream().map(ConversationStore.Stored::id).toList();
        return veils.of(user, ids).map(known -> {
            Map<String, Sight> sights = new LinkedHashMap<>();
            for (ConversationStore.Stored c : stored) {
                Sight sight = c.sight(user, known.getOrDefault(c.id(), Veil.NONE));
                if (!sight.isNothing()) {
                    sights.put(c.id(), sight);
                }
            }
            return sights;
        });
    }

    public Future<Reply> audience(ConversationRequest.GetAudience request) {
        return store.participants(request.conversationId())
                .map(users -> users.contains(request.user()) ? new Reply.Audience(users) : UNKNOWN);
    }

    private Future<@Nullable ConversationView> view(String user, String id) {
        return views(user, List.of(id)).map(views -> views.isEmpty() ? null : views.getFirst());
    }

    /**
     * The conversations as {@code user} sees them: without participants where they take part no longer (§10.2); those that
     * they have nothing to see of are left out.
     */
    private Future<List<ConversationView>> views(String user, List<String> ids) {
        return store.read(ids)
                .compose(read -> sights(user, read).compose(sights -> {
                    List<ConversationStore.Stored> visible = read.stream()
                            .filter(c -> sights.containsKey(c.id()))
                            .toList();
                    return history.unread(user, List.copyOf(sights.keySet()))
                            .compose(unread -> messages.newest(user, sights)
                                    .compose(newest -> views.asSeenBy(user, newest))
                                    .compose(last -> views(visible, sights, unread, last)));
                }));
    }

    private Future<List<ConversationView>> views(
            List<ConversationStore.Stored> stored,
            Map<String, Sight> sights,
            List<Integer> unread,
            List<Message> newest) {
        Map<String, Message> last = new HashMap<>();
        newest.forEach(message -> last.put(message.conversationId(), message));
        return conversations(stored, sights).map(conversations -> {
            List<ConversationView> all = new ArrayList<>(stored.size());
            for (int i = 0; i < stored.size(); i++) {
                Conversation conversation = conversations.get(i);
                int total =
                        sights.getOrDefault(conversation.id(), Sight.NOTHING).total();
                all.add(new ConversationView(conversation, unread.get(i), total, last.get(conversation.id())));
            }
            return all;
        });
    }

    private Future<List<Conversation>> conversations(List<ConversationStore.Stored> stored, Map<String, Sight> sights) {
        List<String> people = stored.stream()
                .flatMap(c -> c.participants().stream())
                .distinct()
                .toList();
        return identities.people(people).map(persons -> {
            Map<String, Person> byUser = new HashMap<>();
            persons.forEach(person -> byUser.put(person.userId(), person));
            return stored.stream()
                    .map(c -> new Conversation(
                            c.id(),
                            c.createdAt(),
                            sights.getOrDefault(c.id(), Sight.NOTHING).takesPart()
                                    ? c.participants().stream().map(byUser::get).toList()
                                    : List.of(),
                            !c.digest().isEmpty(),
                            c.metadata()))
                    .toList();
        });
    }
}
