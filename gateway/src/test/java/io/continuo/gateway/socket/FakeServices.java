package io.continuo.gateway.socket;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.Signal;
import io.continuo.common.event.Verdict;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Stands in for the services: keeps histories in memory, and delivers, or loses, what the tests want. A message is sent
 * to its sender and to whoever attached.
 */
final class FakeServices {
    static final String CONVERSATION = "2f4a9c1e-7d35-4b0a-8e66-91c0d2b7a310";
    static final long START_MS = 1_700_000_000_000L;

    final List<HistoryRequest.Detach> detached = new CopyOnWriteArrayList<>();
    final List<PresenceRequest> presence = new CopyOnWriteArrayList<>();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    /** So many reads of histories fail. */
    final AtomicInteger failingReads = new AtomicInteger();

    /** What else happens while a client is attached, before the answer is on its way. */
    volatile Runnable whileAttaching = () -> {};

    /** Attaching is answered when this completes. */
    volatile Future<Void> attachable = Future.succeededFuture();

    /** Lists of conversations are answered when this completes. */
    volatile Future<Void> listable = Future.succeededFuture();

    volatile boolean losing;
    volatile boolean eventBeforeResponse;
    volatile boolean unavailable;

    private final Vertx vertx;
    private final Map<String, List<Delivery>> histories = new HashMap<>();
    private final Map<String, Set<String>> loops = new HashMap<>();
    private long ms = START_MS;

    FakeServices(Vertx vertx) {
        this.vertx = vertx;
        vertx.eventBus().<MessagingRequest>consumer(Addresses.MESSAGING, request -> {
            Reply reply = answer(request.body());
            if (request.body() instanceof HistoryRequest.Attach attach && !UserId.isCanary(attach.user())) {
                whileAttaching.run();
                attachable.onComplete(now -> request.reply(reply));
            } else if (request.body() instanceof ConversationRequest.ListConversations) {
                listable.onComplete(now -> request.reply(reply));
            } else {
                request.reply(reply);
            }
        });
        vertx.eventBus().<PresenceRequest>consumer(Addresses.PRESENCE, request -> {
            presence.add(request.body());
            request.reply(answer(request.body()));
        });
    }

    /** A message of {@code sender} in the histories of {@code users}, delivered unless it gets lost. */
    synchronized Message send(String sender, String text, String... users) {
        Message message = message(sender, text);
        for (String user : users) {
            append(user, new Event.MessageCreated(message, 1));
        }
        return message;
    }

    synchronized Position tail(String user) {
        List<Delivery> history = history(user);
        return history.isEmpty() ? Position.BEGINNING : history.getLast().position();
    }

    synchronized List<Delivery> all(String user) {
        return List.copyOf(history(user));
    }

    void signal(Signal signal, String... users) {
        loopsOf(users[0])
                .forEach(loop -> vertx.eventBus().send(loop, new GatewayMessage.Relay(signal, List.of(users))));
    }

    private synchronized Set<String> loopsOf(String user) {
        return Set.copyOf(loops.getOrDefault(user, Set.of()));
    }

    private synchronized Reply answer(MessagingRequest request) {
        return switch (request) {
            case HistoryRequest.Attach attach -> attach(attach);
            case HistoryRequest.Detach detach -> {
                detached.add(detach);
                yield Reply.Done.INSTANCE;
            }
            case HistoryRequest.ReadHistory read -> read(read);
            case HistoryRequest.GetTails tails ->
                new Reply.Tails(tails.users().stream().map(this::tail).toList(), ms + 500);
            case HistoryRequest.Sing sing -> {
                deliver(sing.user(), new Event.CanarySang(sing.user(), sing.number()), Position.BEGINNING, 0);
                yield Reply.Done.INSTANCE;
            }
            case MessageRequest.CreateMessage create -> create(create);
            case ConversationRequest.CreateConversation create ->
                new Reply.ConversationFound(
                        ConversationView.fresh(new Conversation(
                                create.conversationId(), ms, List.of(Person.of(create.user())), false, null)),
                        true,
                        tail(create.user()));
            case ConversationRequest.ListConversations list ->
                new Reply.ConversationPage(List.of(), 10 + list.pageSize(), tail(list.user()));
            case SessionRequest.OpenSession ignored -> new Reply.SessionOpened(ms, 3_600);
            case SessionRequest.RenewSession ignored -> new Reply.SessionOpened(ms, 3_600);
            case SessionRequest.CheckSession check ->
                revoked.contains(check.sessionId())
                        ? Reply.Failure.of(ErrorCode.AUTHENTICATION_REQUIRED, "Revoked.")
                        : Reply.Done.INSTANCE;
            case SessionRequest.FindEndedSessions find ->
                new Reply.EndedSessions(IntStream.range(0, find.sessions().size())
                        .filter(i -> revoked.contains(find.sessions().get(i).sessionId()))
                        .boxed()
                        .toList());
            default -> Reply.Failure.of(ErrorCode.NOT_FOUND, "Not here.");
        };
    }

    private Reply attach(HistoryRequest.Attach attach) {
        if (unavailable) {
            return Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "Later.");
        }
        if (revoked.contains(attach.sessionId())) {
            return Reply.Failure.of(ErrorCode.AUTHENTICATION_REQUIRED, "Revoked.");
        }
        loops.computeIfAbsent(attach.user(), user -> ConcurrentHashMap.newKeySet())
                .add(attach.loop());
        Position tail = tail(attach.user());
        Position since = attach.since();
        return since == null
                ? new Reply.Attached(tail, tail, ms + 100, null)
                : new Reply.Attached(since, tail, ms + 100, new Verdict(Verdict.Kind.COMPLETE, since, tail));
    }

    private Reply read(HistoryRequest.ReadHistory read) {
        if (failingReads.getAndDecrement() > 0) {
            return Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "Later.");
        }
        List<Delivery> page = history(read.user()).stream()
                .filter(delivery -> delivery.position().compareTo(read.after()) > 0)
                .limit(read.limit())
                .toList();
        return new Reply.HistoryPage(
                page, page.isEmpty() ? read.after() : page.getLast().position(), tail(read.user()));
    }

    private Reply create(MessageRequest.CreateMessage create) {
        String text = String.valueOf(create.parts().getFirst().body());
        Message message = message(create.user(), text);
        Runnable fanOut = () -> {
            synchronized (this) {
                append(create.user(), new Event.MessageCreated(message, 1));
            }
        };
        if (eventBeforeResponse) {
            fanOut.run();
        } else {
            vertx.runOnContext(later -> fanOut.run());
        }
        return new Reply.MessageFound(message, tail(create.user()));
    }

    private Reply answer(PresenceRequest request) {
        return switch (request) {
            case PresenceRequest.Look look ->
                new Reply.PresenceStates(look.users().stream()
                        .map(user -> new Signal.Presence(user, PresenceStatus.AWAY, null, 0))
                        .toList());
            case PresenceRequest.LookSince ignored -> new Reply.PresenceStates(List.of());
            default -> Reply.Done.INSTANCE;
        };
    }

    private void append(String user, Event event) {
        int unread = event.author().equals(user) ? Delivery.UNCHANGED : 1;
        Position position = new Position(++ms, tail(user).seq() + event.span(unread));
        history(user).add(new Delivery(position, event, unread));
        deliver(user, event, position, unread);
    }

    private void deliver(String user, Event event, Position position, int unread) {
        if (!losing) {
            var batch = new GatewayMessage.Batch(
                    event, List.of(new GatewayMessage.Recipient(user, position, unread)), ms, null);
            loopsOf(user).forEach(loop -> vertx.eventBus().request(loop, new GatewayMessage.Deliver(List.of(batch))));
        }
    }

    private List<Delivery> history(String user) {
        return histories.computeIfAbsent(user, key -> new ArrayList<>());
    }

    private Message message(String sender, String text) {
        String id = io.continuo.common.model.LayerId.newUuid();
        var part = new io.continuo.common.model.Part(id, "text/plain", text, null, null, text.length());
        return new Message(
                id, CONVERSATION, 4096, Person.of(sender), ms, List.of(part), Map.of(sender, ReceiptStatus.READ));
    }
}
