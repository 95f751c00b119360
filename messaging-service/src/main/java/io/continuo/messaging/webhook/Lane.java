package io.continuo.messaging.webhook;

import io.continuo.common.model.Webhook;
import io.continuo.messaging.webhook.PendingStore.Pending;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one partition has for one webhook, on its way: in order within each conversation, side by side otherwise. Of a long
 * backlog only the beginning is in memory.
 *
 * <p>Threading: lives on its verticle's event loop.
 */
final class Lane {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final int PAGE = 64;
    private static final int MOST_IN_MEMORY = 2 * PAGE;
    private static final long RETRY_MS = 500;

    private final Vertx vertx;
    private final int partition;
    private final Webhook webhook;
    private final PendingStore store;
    private final Courier courier;
    private final Gate gate;
    private final WebhookMetrics metrics;
    private final Duration retryFor;
    private final GivenUp onGivenUp;

    /** The entries of each conversation that has any; the first is under way, or waits for its next attempt. */
    private final Map<String, Deque<Pending>> conversations = new HashMap<>();

    private int loaded;
    private String read = "0-0";
    private boolean reading;
    private boolean more;
    private boolean closed;

    /** Told when a webhook did not take a delivery for too long. */
    interface GivenUp {
        void giveUp(Webhook webhook, String reason);
    }

    Lane(
            Vertx vertx,
            int partition,
            Webhook webhook,
            PendingStore store,
            Courier courier,
            Gate gate,
            WebhookMetrics metrics,
            Duration retryFor,
            GivenUp onGivenUp) {
        this.vertx = vertx;
        this.partition = partition;
        this.webhook = webhook;
        this.store = store;
        this.courier = courier;
        this.gate = gate;
        this.metrics = metrics;
        this.retryFor = retryFor;
        this.onGivenUp = onGivenUp;
    }

    /** There may be something new. */
    void look() {
        more = true;
        read();
    }

    /** Nothing more is begun. What is under way may arrive and arrive again, under the same request id. */
    void close() {
        closed = true;
        conversations.clear();
    }

    private void read() {
        if (closed || reading || !more || loaded > MOST_IN_MEMORY - PAGE) {
            return;
        }
        reading = true;
        more = false;
        store.after(partition, webhook.id(), read, PAGE).onComplete((entries, failure) -> {
            reading = false;
            if (failure != null) {
                more = true;
                vertx.setTimer(RETRY_MS, timer -> read());
            } else if (!closed) {
                take(entries);
            }
        });
    }

    private void take(List<Pending> entries) {
        more |= entries.size() == PAGE;
        loaded += entries.size();
        for (Pending entry : entries) {
            read = entry.id();
            String conversation = entry.parcel().conversation();
            Deque<Pending> queue = conversations.get(conversation);
            if (queue == null) {
                conversations.put(conversation, new ArrayDeque<>(List.of(entry)));
                attempt(entry, 1);
            } else {
                queue.add(entry);
            }
        }
        read();
    }

    private void attempt(Pending entry, int attempt) {
        gate.enter(() -> {
            if (closed) {
                gate.leave();
                return;
            }
            courier.deliver(webhook, entry.parcel()).onComplete((done, failure) -> {
                gate.leave();
                if (failure == null) {
                    metrics.delivered();
                    remove(entry, attempt > 1);
                } else if (!closed) {
                    metrics.failed();
                    failed(entry, attempt, String.valueOf(failure.getMessage()));
                }
            });
        });
    }

    private void failed(Pending entry, int attempt, String reason) {
        log.debug("Delivery {} to webhook {} failed: {}", entry.id(), webhook.id(), reason);
        long now = System.currentTimeMillis();
        long wait = Backoff.afterMs(attempt, ThreadLocalRandom.current());
        // Noted in Redis, so that a restart does not make the patience begin anew.
        Future<Long> since = store.failing(partition, webhook.id(), entry.id(), now);
        since.otherwise(now).onSuccess(from -> {
            if (closed) {
                return;
            }
            long left = from + retryFor.toMillis() - now;
            if (left <= 0) {
                onGivenUp.giveUp(webhook, reason);
            }
            vertx.setTimer(left <= 0 ? wait : Math.min(wait, left), timer -> attempt(entry, attempt + 1));
        });
    }

    /** The entry goes before the next of its conversation is begun. */
    private void remove(Pending entry, boolean failed) {
        store.remove(partition, webhook.id(), entry.id(), failed).onComplete((gone, failure) -> {
            if (closed) {
                return;
            }
            if (failure != null) {
                vertx.setTimer(RETRY_MS, timer -> remove(entry, failed));
                return;
            }
            next(entry.parcel().conversation());
        });
    }

    private void next(String conversation) {
        loaded--;
        Deque<Pending> queue = Objects.requireNonNull(conversations.get(conversation));
        queue.remove();
        if (queue.isEmpty()) {
            conversations.remove(conversation);
        } else {
            attempt(queue.element(), 1);
        }
        read();
    }
}
