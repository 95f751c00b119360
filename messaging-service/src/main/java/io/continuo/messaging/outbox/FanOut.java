package io.continuo.messaging.outbox;

import io.continuo.common.event.Event;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.Person;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.LimitSettings;
import io.continuo.messaging.conversation.ConversationStore;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.history.HistoryStore;
import io.continuo.messaging.identity.Identities;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings one accepted change into every history that it concerns and tells the gateways. May be repeated. */
final class FanOut {
    private final RedisLink redis;
    private final Events events;
    private final Audience audience;
    private final HistoryStore history;
    private final Deliveries deliveries;
    private final ConversationStore conversations;
    private final Identities identities;
    private final LimitSettings limits;

    FanOut(
            RedisLink redis,
            Events events,
            HistoryStore history,
            Deliveries deliveries,
            ConversationStore conversations,
            Identities identities,
            LimitSettings limits) {
        this.redis = redis;
        this.events = events;
        this.audience = new Audience(conversations, events, limits);
        this.history = history;
        this.deliveries = deliveries;
        this.conversations = conversations;
        this.identities = identities;
        this.limits = limits;
    }

    /**
     * @param event what {@code ref} points to, if it is at hand
     */
    Future<Void> run(int partition, long stamp, EventRef ref, @Nullable Event event) {
        if (event == null) {
            return events.resolve(ref)
                    .compose(resolved -> resolved.isEmpty()
                            ? Future.succeededFuture()
                            : append(partition, stamp, ref, resolved.get()));
        }
        events.remember(event);
        return append(partition, stamp, ref, event);
    }

    private Future<Void> append(int partition, long stamp, EventRef ref, Event event) {
        return prepare(event)
                .compose(prepared -> audience.of(ref, event))
                .compose(targets -> targets.isEmpty()
                        ? Future.succeededFuture(List.<HistoryStore.Appended>of())
                        : history.append(partition, stamp, ref, targets))
                .map(appended -> {
                    deliveries.send(event, appended);
                    return null;
                });
    }

    /** What has to be true before the clients hear of the event. */
    private Future<Void> prepare(Event event) {
        return switch (event) {
            case Event.ConversationCreated created -> prepare(created.conversation());
            case Event.MessageCreated created -> Future.succeededFuture();
            case Event.ReceiptChanged receipt -> Future.succeededFuture();
        };
    }

    private Future<Void> prepare(Conversation conversation) {
        List<String> users =
                conversation.participants().stream().map(Person::userId).toList();
        List<Request> requests =
                new ArrayList<>(conversations.list(conversation.id(), conversation.createdAt(), users));
        if (users.size() > 1 && users.size() <= limits.largeRoom()) {
            requests.addAll(identities.followEachOther(users));
        }
        return redis.batch(requests).mapEmpty();
    }
}
