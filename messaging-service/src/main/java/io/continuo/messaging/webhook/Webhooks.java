package io.continuo.messaging.webhook;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.WebhookRequest;
import io.continuo.common.event.Event;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.Settings;
import io.continuo.messaging.conversation.MessageStore;
import io.continuo.messaging.conversation.MessageViews;
import io.continuo.messaging.history.EventRef;
import io.continuo.messaging.identity.Identities;
import io.continuo.messaging.outbox.Events;
import io.continuo.messaging.outbox.PartitionDuty;
import io.continuo.messaging.webhook.http.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Tells the backends of apps what happens (protocol/layer.md §14.2). An event is written down before the change that it
 * is of counts as fanned out, and goes when its receiver has taken it: none is lost, though one may come twice.
 *
 * <p>Threading: lives on its verticle's event loop.
 */
public final class Webhooks {
    private final Caller caller;
    private final Registry registry;
    private final Deliverer deliverer;
    private final WebhookFeed feed;
    private final Registrations registrations;

    /** @param instance the name of this instance in metrics */
    public Webhooks(
            Vertx vertx,
            RedisLink redis,
            Settings settings,
            String instance,
            Events events,
            MessageStore messages,
            MessageViews views,
            Identities identities,
            MeterRegistry meters) {
        WebhookStore webhooks = new WebhookStore(redis);
        PendingStore pending = new PendingStore(redis, settings.webhooks().maxPending());
        WebhookMetrics metrics = new WebhookMetrics(meters, instance);
        caller = new Caller(vertx, settings.webhooks());
        Courier courier = new Courier(caller, settings.webhooks());
        registry = new Registry(vertx, webhooks);
        deliverer = new Deliverer(vertx, registry, webhooks, pending, courier, metrics, settings.webhooks());
        Notices notices = new Notices(events, messages, views);
        feed = new WebhookFeed(registry, notices, identities, pending, deliverer, metrics, settings.http());
        registrations = new Registrations(webhooks, registry, courier, settings.webhooks());
    }

    /** Learns which webhooks there are. To be done before anything is fanned out. */
    public Future<Void> start() {
        return registry.start();
    }

    public Future<Void> stop() {
        deliverer.stop();
        return caller.close();
    }

    /** What the owner of a partition does for webhooks. */
    public PartitionDuty duty() {
        return deliverer;
    }

    public Future<Reply> execute(WebhookRequest request) {
        return registrations.execute(request);
    }

    /** Webhooks have changed. */
    public Future<Reply> refresh() {
        return registry.refresh().map(Reply.Done.INSTANCE);
    }

    /** Whether any app has a webhook that takes events. */
    public boolean isNeeded() {
        return !registry.isEmpty();
    }

    /**
     * Writes down what webhooks are to be told of a change; ends when that is kept. May be repeated.
     *
     * @param app tag of the app in which it happened
     */
    public Future<Void> note(int partition, long stamp, EventRef ref, Event event, String app) {
        try {
            return feed.note(partition, stamp, ref, event, app);
        } catch (RuntimeException ours) {
            return Future.failedFuture(ours);
        }
    }
}
