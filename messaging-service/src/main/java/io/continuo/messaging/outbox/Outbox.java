package io.continuo.messaging.outbox;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.InstanceRequest;
import io.continuo.common.bus.Listening;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.cluster.ClusterBus;
import io.continuo.common.event.Event;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.trace.Trace;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Accepted changes on their way into all histories. An instance works the partitions it owns; what it accepts for a
 * partition of another, the other finds in the outbox.
 *
 * <p>Threading: lives on its verticle's event loop.
 */
public final class Outbox {
    /** How soon an owner notices what another instance has accepted. */
    private static final long LOOK_EVERY_MS = 200;
    /** How long an answer may wait for its change to be everywhere. */
    private static final long ANSWER_WITHIN_MS = 1_000;

    private static final long ASK_AGAIN_MS = 50;
    /** How long a stop waits for the fan-out of what is at hand; the next owner goes on with the rest. */
    private static final long FINISH_WITHIN_MS = 3_000;

    private static final DeliveryOptions PLAIN = new DeliveryOptions();

    private final Vertx vertx;
    private final OutboxStore store;
    private final OutboxMetrics metrics;
    private final FanOut fanOut;
    private final Audience audience;
    private final Losses losses;
    private final PartitionOwner owner;
    private final Listening<MessagingRequest> listening;
    private final Map<Integer, PartitionWorker> owned = new TreeMap<>();
    private final List<PartitionDuty> duties = new ArrayList<>();
    private long timer = -1;

    /**
     * @param instance unique among the living messaging instances
     * @param requests answers what is sent to the owner of a partition
     */
    public Outbox(
            Vertx vertx,
            RedisLink redis,
            String instance,
            int partitions,
            FanOut fanOut,
            Audience audience,
            Losses losses,
            OutboxMetrics metrics,
            Handler<Message<MessagingRequest>> requests) {
        this.vertx = vertx;
        this.store = new OutboxStore(redis);
        this.fanOut = fanOut;
        this.audience = audience;
        this.losses = losses;
        this.metrics = metrics;
        listening = new Listening<>(vertx, requests);
        this.owner = new PartitionOwner(
                vertx,
                redis,
                instance,
                partitions,
                this::take,
                this::lose,
                this::isIdle,
                other -> ClusterBus.isSilent(vertx, other));
    }

    /** At the addresses of the partitions that are ours. */
    public Listening<MessagingRequest> listening() {
        return listening;
    }

    /** Has {@code duty} done in all partitions that are ours. Before the start. */
    public void add(PartitionDuty duty) {
        duties.add(duty);
    }

    public Future<Void> start() {
        timer = vertx.setPeriodic(LOOK_EVERY_MS, tick -> look());
        return owner.start();
    }

    /**
     * Hands the partitions over: others are asked from now on, what is on its way here is still answered, and a worker
     * first finishes what it has.
     */
    public Future<Void> stop() {
        Future<Void> retired = listening.retire();
        return owner.leave()
                .eventually(() -> retired)
                .eventually(() -> idle(System.currentTimeMillis() + FINISH_WITHIN_MS))
                .eventually(() -> {
                    vertx.cancelTimer(timer);
                    return owner.release();
                });
    }

    private Future<Void> idle(long deadline) {
        boolean idle = owned.values().stream().allMatch(PartitionWorker::isIdle);
        return idle || System.currentTimeMillis() > deadline
                ? Future.succeededFuture()
                : vertx.timer(ASK_AGAIN_MS, TimeUnit.MILLISECONDS).compose(later -> idle(deadline));
    }

    /** The same as {@link #accepted(Accepted, Event)} of a change whose event is still to be resolved. */
    public void accepted(Accepted accepted) {
        take(accepted, null);
    }

    /** Takes a change that was just stored; if the partition is another instance's, that one is told. */
    public void accepted(Accepted accepted, Event event) {
        take(accepted, event);
    }

    private void take(Accepted accepted, @Nullable Event event) {
        PartitionWorker worker = owned.get(accepted.partition());
        if (worker != null) {
            worker.accept(accepted, event);
        } else {
            vertx.eventBus().send(Addresses.partition(accepted.partition()), settle(accepted), Trace.onward(PLAIN));
        }
    }

    /** Redis was away, or is another server by now: looks at all partitions anew. */
    public void recheck() {
        audience.forgetAll();
        owned.values().forEach(PartitionWorker::recheck);
    }

    /** Ends when a change has reached all histories, or when waiting any longer would be too long. */
    public Future<Void> settled(Accepted accepted) {
        long deadline = System.currentTimeMillis() + ANSWER_WITHIN_MS;
        return settled(accepted, deadline)
                .timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    /** While a partition goes from one owner to the next, there is nobody to ask; perhaps the next is this instance. */
    private Future<Void> settled(Accepted accepted, long deadline) {
        PartitionWorker worker = owned.get(accepted.partition());
        if (worker != null) {
            worker.notice(accepted.stamp());
            return worker.settled(accepted.stamp());
        }
        return vertx.eventBus()
                .<Reply>request(Addresses.partition(accepted.partition()), settle(accepted), Trace.onward(PLAIN))
                .<Void>compose(answer -> answer.body() instanceof Reply.Failure failure
                        ? Future.failedFuture(failure.message())
                        : Future.succeededFuture())
                .recover(nobody -> System.currentTimeMillis() < deadline
                        ? vertx.timer(ASK_AGAIN_MS, TimeUnit.MILLISECONDS).compose(later -> settled(accepted, deadline))
                        : Future.failedFuture(nobody));
    }

    /** What another instance has accepted for a partition of ours. */
    public Future<Reply> settle(InstanceRequest.Settle request) {
        PartitionWorker worker = owned.get(request.partition());
        if (worker == null) {
            return Future.succeededFuture(
                    Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "The partition has another owner."));
        }
        worker.notice(request.stamp());
        return worker.settled(request.stamp()).map(Reply.Done.INSTANCE);
    }

    private static MessagingRequest settle(Accepted accepted) {
        return new InstanceRequest.Settle(accepted.partition(), accepted.stamp());
    }

    private void take(int partition) {
        // Who takes part may have changed while another instance was the owner.
        audience.forgetAll();
        PartitionWorker worker = new PartitionWorker(vertx, partition, store, fanOut, losses);
        owned.put(partition, worker);
        listening.at(Addresses.partition(partition));
        worker.start();
        duties.forEach(duty -> duty.take(partition));
    }

    private void lose(int partition) {
        PartitionWorker lost = owned.remove(partition);
        if (lost != null) {
            listening.retire(Addresses.partition(partition));
            lost.close();
            duties.forEach(duty -> duty.lose(partition));
        }
    }

    private boolean isIdle(int partition) {
        PartitionWorker ours = owned.get(partition);
        return ours == null || ours.isIdle();
    }

    private void look() {
        List<Integer> partitions = new ArrayList<>(owned.keySet());
        store.look(partitions).onSuccess(look -> {
            for (int i = 0; i < partitions.size(); i++) {
                PartitionWorker ours = owned.get(partitions.get(i));
                if (ours != null) {
                    ours.compare(look.stamps().get(i));
                }
            }
            measure(look.timeMs());
        });
    }

    private void measure(long nowMs) {
        long changes = 0;
        long oldest = Long.MAX_VALUE;
        for (PartitionWorker ours : owned.values()) {
            PartitionWorker.Backlog backlog = ours.backlog();
            changes += backlog.changes();
            oldest = backlog.changes() == 0 ? oldest : Math.min(oldest, backlog.oldest());
        }
        metrics.waiting(changes, changes == 0 ? 0 : Math.max(0, nowMs - OutboxStore.acceptedMs(oldest)));
    }
}
