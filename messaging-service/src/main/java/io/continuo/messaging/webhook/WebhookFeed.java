package io.continuo.messaging.webhook;

import io.continuo.common.event.Event;
import io.continuo.common.model.Person;
import io.continuo.common.model.UserId;
import io.continuo.common.model.Webhook;
import io.continuo.common.settings.HttpSettings;
import io.continuo.messaging.conversation.StoredJson;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.identity.Identities;
import io.continuo.messaging.webhook.PendingStore.Parcel;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes down for each webhook what it is to be told of a change: the body as it will be sent. */
final class WebhookFeed {
    private static final int PARTS_OF_MS = 1_024;

    private final Registry registry;
    private final Notices notices;
    private final Identities identities;
    private final PendingStore store;
    private final Deliverer deliverer;
    private final WebhookMetrics metrics;
    private final String publicUrl;

    WebhookFeed(
            Registry registry,
            Notices notices,
            Identities identities,
            PendingStore store,
            Deliverer deliverer,
            WebhookMetrics metrics,
            HttpSettings http) {
        this.registry = registry;
        this.notices = notices;
        this.identities = identities;
        this.store = store;
        this.deliverer = deliverer;
        this.metrics = metrics;
        this.publicUrl = http.publicUrl()
                .orElse((http.tls().isPresent() ? "https://" : "http://") + http.host() + ":" + http.port());
    }

    /** May be repeated: a stamp is taken once. */
    Future<Void> note(int partition, long stamp, EventRef ref, Event event, String app) {
        List<Webhook> interested = registry.active(app).stream()
                .filter(webhook -> Notices.kinds(event).stream().anyMatch(kind -> wants(webhook, kind)))
                .toList();
        if (interested.isEmpty() || !(ref instanceof EventRef.InConversation within)) {
            return Future.succeededFuture();
        }
        return notices.of(ref, event)
                .compose(told -> told.isEmpty()
                        ? Future.succeededFuture()
                        : actor(event)
                                .compose(actor ->
                                        keep(partition, stamp, within.conversationId(), interested, told, actor)));
    }

    private static boolean wants(Webhook webhook, WebhookEvent event) {
        return webhook.events().contains(event.in(webhook.version()));
    }

    private Future<Optional<Person>> actor(Event event) {
        String author = event.author();
        return author.isEmpty() || UserId.isBackend(author)
                ? Future.succeededFuture(Optional.empty())
                : identities.person(author).map(Optional::of);
    }

    private Future<Void> keep(
            int partition,
            long stamp,
            String conversation,
            List<Webhook> interested,
            List<Notice> told,
            Optional<Person> actor) {
        Map<String, List<Parcel>> parcels = new LinkedHashMap<>();
        for (Webhook webhook : interested) {
            parcels.put(webhook.id(), parcels(partition, stamp, conversation, webhook, told, actor));
        }
        return store.add(partition, stamp, parcels).map(dropped -> {
            metrics.dropped(dropped);
            deliverer.look(partition, parcels.keySet());
            return null;
        });
    }

    /** Notices of one name about the same make one event: 3.0 has one for all changes of a conversation. */
    private List<Parcel> parcels(
            int partition,
            long stamp,
            String conversation,
            Webhook webhook,
            List<Notice> told,
            Optional<Person> actor) {
        Map<String, List<Notice>> same = new LinkedHashMap<>();
        for (Notice notice : told) {
            if (wants(webhook, notice.event())) {
                same.computeIfAbsent(
                                notice.event().in(webhook.version()) + " " + notice.subject(), any -> new ArrayList<>())
                        .add(notice);
            }
        }
        List<Parcel> parcels = new ArrayList<>();
        same.forEach((what, notices) -> {
            String name = notices.getFirst().event().in(webhook.version());
            String eventId = UUID.nameUUIDFromBytes(
                            (partition + "/" + stamp + "/" + what).getBytes(StandardCharsets.UTF_8))
                    .toString();
            String body = body(webhook, eventId, name, stamp / PARTS_OF_MS, notices, actor);
            parcels.add(new Parcel(conversation, name, eventId, body));
        });
        return parcels;
    }

    private String body(
            Webhook webhook, String eventId, String name, long atMs, List<Notice> same, Optional<Person> actor) {
        Payload payload = new Payload(webhook, publicUrl);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", eventId);
        event.put("type", name);
        event.put("created_at", Payload.time(atMs));
        actor.ifPresent(person -> event.put("actor", payload.actor(person)));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", event);
        body.put(same.getFirst().key(), same.getFirst().object().apply(payload));
        List<Map<String, Object>> changes = same.stream()
                .flatMap(notice -> notice.changes().apply(payload).stream())
                .toList();
        if (!changes.isEmpty()) {
            body.put("changes", changes);
        }
        body.put("config", webhook.config());
        return StoredJson.text(body);
    }
}
