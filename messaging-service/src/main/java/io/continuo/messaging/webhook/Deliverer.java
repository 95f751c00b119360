package io.continuo.messaging.webhook;

import io.continuo.common.model.Webhook;
import io.continuo.common.model.WebhookStatus;
import io.continuo.common.settings.WebhookSettings;
import io.continuo.messaging.outbox.PartitionDuty;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is pending in the partitions of this instance. A webhook that is no longer active loses what is pending
 * for it.
 *
 * <p>Threading: lives on its verticle's event loop.
 */
final class Deliverer implements PartitionDuty {
    private static final Logger log = LoggerFactory.getLogger(Deliverer.class);
    private static final long SWEEP_EVERY_MS = 5_000;
    private static final long RETRY_MS = 500;

    private final Vertx vertx;
    private final Registry registry;
    private final WebhookStore webhooks;
    private final PendingStore store;
    private final Courier courier;
    private final WebhookMetrics metrics;
    private final WebhookSettings settings;
    private final Map<Integer, Map<String, Lane>> lanes = new TreeMap<>();
    private final Map<String, Gate> gates = new HashMap<>();

    Deliverer(
            Vertx vertx,
            Registry registry,
            WebhookStore webhooks,
            PendingStore store,
            Courier courier,
            WebhookMetrics metrics,
            WebhookSettings settings) {
        this.vertx = vertx;
        this.registry = registry;
        this.webhooks = webhooks;
        this.store = store;
        this.courier = courier;
        this.metrics = metrics;
        this.settings = settings;
        registry.onRefresh(this::reconcile);
        vertx.setPeriodic(SWEEP_EVERY_MS, tick -> sweep());
    }

    @Override
    public void take(int partition) {
        Map<String, Lane> taken = new HashMap<>();
        lanes.put(partition, taken);
        resume(partition, taken);
    }

    /** An owner before may know of webhooks that we do not: so the list is read first. */
    private void resume(int partition, Map<String, Lane> taken) {
        registry.refresh().compose(fresh -> store.webhooks(partition)).onComplete((found, failure) -> {
            if (lanes.get(partition) != taken) {
                return;
            }
            if (failure != null) {
                vertx.setTimer(RETRY_MS, timer -> resume(partition, taken));
            } else {
                found.forEach(webhook -> look(partition, webhook));
            }
        });
    }

    @Override
    public void lose(int partition) {
        Map<String, Lane> lost = lanes.remove(partition);
        if (lost != null) {
            lost.values().forEach(Lane::close);
        }
    }

    void stop() {
        List.copyOf(lanes.keySet()).forEach(this::lose);
    }

    /** Something is pending, or may be. */
    void look(int partition, Collection<String> ids) {
        ids.forEach(id -> look(partition, id));
    }

    private void look(int partition, String id) {
        Map<String, Lane> ours = lanes.get(partition);
        if (ours == null) {
            return;
        }
        Webhook webhook = registry.find(id);
        if (webhook == null || webhook.status() == WebhookStatus.INACTIVE) {
            clear(partition, id, webhook == null);
        } else if (webhook.takesEvents()) {
            ours.computeIfAbsent(id, any -> lane(partition, webhook)).look();
        }
    }

    private Lane lane(int partition, Webhook webhook) {
        Gate gate = gates.computeIfAbsent(webhook.id(), any -> new Gate(settings.concurrency()));
        return new Lane(vertx, partition, webhook, store, courier, gate, metrics, settings.retryFor(), this::giveUp);
    }

    private void giveUp(Webhook webhook, String reason) {
        String why = "No delivery succeeded for " + settings.retryFor().toSeconds() + " s. " + reason;
        webhooks.set(webhook.id(), WebhookStatus.ACTIVE, WebhookStatus.INACTIVE, why)
                .compose(done -> {
                    if (!done) {
                        return registry.refresh();
                    }
                    log.warn("Webhook {} of app {} is inactive: {}", webhook.id(), webhook.appId(), why);
                    return registry.changed();
                })
                .onFailure(
                        failure -> log.debug("Could not give up webhook {}: {}", webhook.id(), failure.getMessage()));
    }

    /** Closes the lanes of webhooks that are not what they were. */
    private void reconcile() {
        lanes.forEach((partition, ours) -> List.copyOf(ours.entrySet()).forEach(lane -> {
            Webhook webhook = registry.find(lane.getKey());
            if (webhook == null || !webhook.takesEvents()) {
                ours.remove(lane.getKey());
                lane.getValue().close();
                look(partition, lane.getKey());
            }
        }));
        gates.keySet().removeIf(id -> registry.find(id) == null);
    }

    private void clear(int partition, String id, boolean forGood) {
        store.clear(partition, id, forGood)
                .onSuccess(metrics::dropped)
                .onFailure(failure -> log.debug("Could not clear webhook {}: {}", id, failure.getMessage()));
    }

    /** Counts what is pending, and finds what nobody told us of. */
    private void sweep() {
        if (lanes.values().stream().allMatch(Map::isEmpty)) {
            metrics.backlog(0, 0);
            return;
        }
        List<Future<Map<String, PendingStore.Backlog>>> reads = new ArrayList<>();
        lanes.forEach((partition, ours) -> {
            if (!ours.isEmpty()) {
                reads.add(store.backlogs(partition, List.copyOf(ours.keySet()))
                        .onSuccess(backlogs -> backlogs.forEach((id, backlog) -> {
                            if (backlog.entries() > 0) {
                                look(partition, id);
                            }
                        })));
            }
        });
        Future.all(reads).onSuccess(all -> {
            List<PendingStore.Backlog> backlogs = reads.stream()
                    .flatMap(read -> read.result().values().stream())
                    .toList();
            long now = System.currentTimeMillis();
            long oldest = backlogs.stream()
                    .filter(backlog -> backlog.entries() > 0)
                    .mapToLong(backlog -> now - PendingStore.timeMs(backlog.oldest()))
                    .max()
                    .orElse(0);
            metrics.backlog(
                    backlogs.stream().mapToLong(PendingStore.Backlog::entries).sum(), Math.max(0, oldest));
        });
    }
}
