package io.continuo.messaging.outbox;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.event.Event;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.Person;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.LimitSettings;
import io.continuo.messaging.conversation.ChangeStore;
import io.continuo.messaging.conversation.ConversationStore;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.history.HistoryStore;
import io.continuo.messaging.history.HistoryStore.Target;
import io.continuo.messaging.identity.Identities;
import io.continuo.messaging.outbox.Audience.Share;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings one accepted change into every history that it concerns and tells the gateways. May be repeated. */
final class FanOut {
    private final EventBus bus;
    private final RedisLink redis;
    private final Events events;
    private final Audience audience;
    private final HistoryStore history;
    private final Deliveries deliveries;
    private final ConversationStore conversations;
    private final ChangeStore changes;
    private final Identities identities;
    private final LimitSettings limits;

    FanOut(
            EventBus bus,
            RedisLink redis,
            Events events,
            Audience audience,
            HistoryStore history,
            Deliveries deliveries,
            ConversationStore conversations,
            ChangeStore changes,
            Identities identities,
            LimitSettings limits) {
        this.bus = bus;
        this.redis = redis;
        this.events = events;
        this.audience = audience;
        this.history = history;
        this.deliveries = deliveries;
        this.conversations = conversations;
        this.changes = changes;
        this.identities = identities;
        this.limits = limits;
    }

    /** @param event what {@code ref} points to, if it is at hand */
    Future<Void> run(int partition, long stamp, EventRef ref, @Nullable Event event) {
        // A change carries names of people, which its event at hand does not.
        if (event == null || event instanceof Event.ConversationChanged) {
            return events.resolve(ref)
                    .compose(resolved -> resolved.isEmpty()
                            ? Future.succeededFuture()
                            : run(partition, stamp, ref, audience.of(ref, resolved.get())));
        }
        events.remember(event);
        return run(partition, stamp, ref, audience.of(ref, event));
    }

    private Future<Void> run(int partition, long stamp, EventRef ref, Future<List<Share>> shares) {
        return shares.compose(all -> {
                    Future<Void> done = Future.succeededFuture();
                    for (Share share : all) {
                        if (!share.targets().isEmpty()) {
                            done = done.compose(before -> prepare(share))
                                    .compose(resolved ->
                                            append(partition, stamp, share.ref(), resolved, share.targets()));
                        }
                    }
                    return done;
                })
                .compose(told -> clean(ref));
    }

    private Future<Void> append(int partition, long stamp, EventRef ref, Event event, List<Target> targets) {
        return history.append(partition, stamp, ref, targets, appended -> deliveries.send(event, appended));
    }

    /** Makes true what has to be true before clients hear of the event; answers the event. */
    private Future<Event> prepare(Share share) {
        if (share.event().isEmpty()) {
            return events.resolve(share.ref())
                    .map(resolved -> resolved.orElseThrow(() -> new IllegalStateException("Gone: " + share.ref())))
                    .compose(event -> prepare(event, share).map(event));
        }
        Event event = share.event().get();
        return prepare(event, share).map(event);
    }

    private Future<Void> prepare(Event event, Share share) {
        List<String> users = share.targets().stream().map(Target::user).toList();
        return switch (event) {
            case Event.ConversationCreated created -> introduce(created.conversation(), users);
            case Event.ConversationDeleted deleted -> {
                List<Request> requests = new ArrayList<>(conversations.unlist(deleted.conversationId(), users));
                requests.addAll(history.forgetUnread(deleted.conversationId(), users));
                yield redis.batch(requests).mapEmpty();
            }
            case Event.ConversationChanged changed -> Future.succeededFuture();
            case Event.MessageCreated created -> Future.succeededFuture();
            case Event.MessageDeleted deleted -> Future.succeededFuture();
            case Event.ReceiptChanged receipt -> Future.succeededFuture();
        };
    }

    /** @param users to whom the conversation is new */
    private Future<Void> introduce(Conversation conversation, List<String> users) {
        List<String> everybody =
                conversation.participants().stream().map(Person::userId).toList();
        List<Request> requests =
                new ArrayList<>(conversations.list(conversation.id(), conversation.createdAt(), users));
        if (everybody.size() > 1 && everybody.size() <= limits.largeRoom()) {
            requests.addAll(identities.followEachOther(everybody));
        }
        return redis.batch(requests).mapEmpty();
    }

    /** Lets go of what nobody can ask for any more, now that everybody has been told. */
    private Future<Void> clean(EventRef ref) {
        return switch (ref) {
            case EventRef.ConversationDeleted deleted -> {
                conversations.forgetAudience(deleted.conversationId());
                forgetEverywhere(deleted.conversationId(), 0);
                yield changes.purge(deleted.conversationId());
            }
            case EventRef.MessageDeleted deleted -> {
                forgetEverywhere(deleted.conversationId(), deleted.position());
                yield changes.purge(deleted.conversationId(), deleted.messageId(), deleted.position());
            }
            case EventRef.ConversationCreated created -> Future.succeededFuture();
            case EventRef.ConversationJoined joined -> Future.succeededFuture();
            case EventRef.ConversationChanged changed -> Future.succeededFuture();
            case EventRef.MessageCreated created -> Future.succeededFuture();
            case EventRef.ReceiptChanged receipt -> Future.succeededFuture();
        };
    }

    private void forgetEverywhere(String conversation, long position) {
        bus.publish(Addresses.MESSAGING_INSTANCES, new MessagingRequest.Forget(conversation, position));
    }
}
