package io.continuo.messaging.webhook;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.InstanceRequest;
import io.continuo.common.model.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks of all apps, in memory, so that an event that nobody wants costs nothing. Whoever changes them tells all
 * instances; should the word get lost, the list is read again now and then.
 *
 * <p>Threading: lives on its verticle's event loop.
 */
final class Registry {
    private static final Logger log = LoggerFactory.getLogger(Registry.class);
    private static final long REFRESH_EVERY_MS = 15_000;

    private final Vertx vertx;
    private final WebhookStore store;
    private final List<Runnable> onRefresh = new ArrayList<>();
    private Map<String, Webhook> all = Map.of();
    private Map<String, List<Webhook>> active = Map.of();

    Registry(Vertx vertx, WebhookStore store) {
        this.vertx = vertx;
        this.store = store;
    }

    /** Reads the list and keeps it fresh from now on. */
    Future<Void> start() {
        vertx.setPeriodic(REFRESH_EVERY_MS, tick -> refresh());
        return refresh();
    }

    /** Runs {@code action} after each time that the list was read. */
    void onRefresh(Runnable action) {
        onRefresh.add(action);
    }

    /** The webhooks of an app that are given events. */
    List<Webhook> active(String app) {
        return active.getOrDefault(app, List.of());
    }

    boolean isEmpty() {
        return active.isEmpty();
    }

    @Nullable Webhook find(String id) {
        return all.get(id);
    }

    Future<Void> refresh() {
        return store.all()
                .<Void>map(webhooks -> {
                    take(webhooks);
                    onRefresh.forEach(Runnable::run);
                    return null;
                })
                .onFailure(failure -> log.debug("Could not read the webhooks: {}", failure.getMessage()));
    }

    /** The webhooks have changed: reads them, and has the others do so. */
    Future<Void> changed() {
        vertx.eventBus().publish(Addresses.MESSAGING_INSTANCES, new InstanceRequest.RefreshWebhooks());
        return refresh();
    }

    private void take(List<Webhook> webhooks) {
        Map<String, Webhook> byId = new HashMap<>();
        Map<String, List<Webhook>> byApp = new HashMap<>();
        for (Webhook webhook : webhooks) {
            byId.put(webhook.id(), webhook);
            if (webhook.takesEvents()) {
                byApp.computeIfAbsent(webhook.app(), any -> new ArrayList<>()).add(webhook);
            }
        }
        all = byId;
        active = byApp;
    }
}
