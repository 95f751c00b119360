package io.continuo.messaging.outbox;

import io.continuo.common.event.Event;
import io.continuo.common.redis.RedisDown;
import io.continuo.common.trace.Trace;
import io.continuo.messaging.history.EventRef;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fans out one partition's changes, one after another, in their order. Changes that this instance accepts come straight
 * from memory; what others accepted, or an owner before left behind, comes from the outbox.
 *
 * <p>Threading: lives on its verticle's event loop.
 */
final class PartitionWorker {
    private static final Logger log = LoggerFactory.getLogger(PartitionWorker.class);
    private static final long RETRY_MS = 200;
    private static final int ATTEMPTS = 25;

    private final Vertx vertx;
    private final int partition;
    private final OutboxStore outbox;
    private final FanOut fanOut;
    private final Losses losses;
    private final Finished recent = new Finished();
    private final Deque<Work> queue = new ArrayDeque<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    /** Whose requests have caused what is still to be read from the outbox, as far as others have told. */
    private final TreeMap<Long, String> traces = new TreeMap<>();
    /** Who has made what was in the queue when Redis went away, by its stamp. */
    private final TreeMap<Long, String> acknowledged = new TreeMap<>();

    /** Everything up to this stamp is done or in the queue. */
    private long known;

    private long finished;

    private boolean reading;
    private boolean readAgain;
    private boolean busy;
    private boolean closed;
    /** The outbox is to be read from its beginning, and nothing to be fanned out before. */
    private boolean rechecking;
    /** Counts the rechecks: what was under way before one is not continued. */
    private int life;

    /** @param event what {@code ref} points to, if it is at hand */
    record Work(
            long stamp,
            EventRef ref,
            @Nullable Event event,
            @Nullable String trace) {
        Work withoutEvent() {
            return event == null ? this : new Work(stamp, ref, null, trace);
        }
    }

    private record Waiter(long stamp, Promise<Void> done) {}

    PartitionWorker(Vertx vertx, int partition, OutboxStore outbox, FanOut fanOut, Losses losses) {
        this.vertx = vertx;
        this.partition = partition;
        this.outbox = outbox;
        this.fanOut = fanOut;
        this.losses = losses;
    }

    /** Takes over what an owner before left behind. */
    void start() {
        read();
    }

    /** Takes a change that was just stored, and its event if it is at hand. */
    void accept(Accepted accepted, @Nullable Event event) {
        if (accepted.stamp() <= known) {
            return;
        }
        if (!reading && !rechecking && accepted.before() == known) {
            known = accepted.stamp();
            queue.add(new Work(accepted.stamp(), accepted.ref(), event, Trace.current()));
            work();
        } else {
            read();
        }
    }

    /** Ends when the change with this stamp, which was accepted before, has reached all histories. */
    Future<Void> settled(long stamp) {
        boolean doneByAnOwnerBefore = stamp <= known && isIdle();
        if (stamp <= finished || doneByAnOwnerBefore) {
            return Future.succeededFuture();
        }
        Promise<Void> done = Promise.promise();
        waiters.add(new Waiter(stamp, done));
        return done.future();
    }

    /** Looks into the outbox when another instance has accepted something. */
    void notice(long newestStamp) {
        if (newestStamp > known) {
            String trace = Trace.current();
            if (trace != null) {
                traces.put(newestStamp, trace);
            }
            read();
        }
    }

    /** Redis says that this is the newest stamp of all: looks into the outbox when that is not what we know. */
    void compare(long newestStamp) {
        if (newestStamp != known) {
            read();
        }
    }

    /** How many changes wait here, and the stamp of the oldest or 0. */
    record Backlog(int changes, long oldest) {}

    Backlog backlog() {
        Work oldest = queue.peek();
        return new Backlog(queue.size(), oldest == null ? 0 : oldest.stamp);
    }

    boolean isIdle() {
        return queue.isEmpty() && !busy && !reading && !rechecking;
    }

    /** Stops after the change at hand; the next owner goes on from there. */
    void close() {
        closed = true;
        losses.forget(partition);
        waiters.forEach(waiter -> waiter.done.tryComplete());
        waiters.clear();
    }

    /**
     * Redis was away, or is another server by now: looks whether it still has what it had, and goes on with all that is in
     * the outbox.
     */
    void recheck() {
        if (!closed) {
            life++;
            queue.forEach(this::remember);
            queue.clear();
            busy = false;
            reading = false;
            rechecking = true;
            read();
        }
    }

    private void read() {
        if (reading) {
            readAgain = true;
            return;
        }
        reading = true;
        readAgain = false;
        int begun = life;
        // The stamp first: what it counts is in the outbox by then, or done.
        outbox.stamps(List.of(partition))
                .compose(stamps -> outbox.after(partition, rechecking ? 0 : known)
                        .compose(
                                entries -> begun == life ? take(stamps.getFirst(), entries) : Future.succeededFuture()))
                .onComplete((read, failure) -> {
                    if (begun != life) {
                        return; // there is another that began later
                    }
                    reading = false;
                    if (failure != null && !closed) {
                        vertx.setTimer(RETRY_MS, timer -> read());
                    } else if (readAgain) {
                        read();
                    }
                    work();
                    if (failure == null && isIdle()) {
                        settle(known); // an owner before has done it all
                    }
                });
    }

    private Future<Void> take(long stamp, List<OutboxStore.Entry> entries) {
        long left = left(stamp, entries);
        if (left < known && !rechecking) {
            recheck();
            return Future.succeededFuture();
        }
        boolean isLoss = left < known;
        Future<Void> ready = isLoss
                ? losses.tell(
                        partition,
                        left,
                        known,
                        acknowledged.tailMap(left, false).values())
                : Future.succeededFuture();
        int begun = life;
        return ready.map(done -> {
            if (begun == life) {
                if (isLoss) {
                    lost(left);
                    readAgain = true; // whom to tell is in the outbox
                }
                acknowledged.clear();
                enqueue(entries);
                known = Math.max(known, stamp);
                if (!entries.isEmpty()) {
                    known = Math.max(known, entries.getLast().stamp());
                }
                traces.headMap(known, true).clear();
            }
            return null;
        });
    }

    /** Up to which stamp Redis has what we know of: the newest, unless Redis has lost something. */
    private long left(long stamp, List<OutboxStore.Entry> entries) {
        if (stamp < known) {
            return stamp;
        }
        return entries.stream()
                .filter(entry -> entry.stamp() > known)
                .findFirst()
                .map(next -> Math.min(next.before(), known))
                .orElse(known);
    }

    /** Its author knows that it is stored, and nobody else does. */
    private void remember(Work work) {
        if (work.event != null && !work.event.author().isEmpty()) {
            acknowledged.put(work.stamp, work.event.author());
        }
    }

    private void lost(long left) {
        log.error(
                "Redis has lost changes of partition {}: those after {} ms, up to {} ms since the epoch",
                partition,
                left / OutboxStore.PARTS_OF_MS,
                known / OutboxStore.PARTS_OF_MS);
        recent.forgetAfter(left);
        finished = Math.min(finished, left);
        settle(Long.MAX_VALUE);
    }

    private void enqueue(List<OutboxStore.Entry> entries) {
        List<Work> works = entries.stream()
                .map(entry -> new Work(entry.stamp(), entry.ref(), null, traces.remove(entry.stamp())))
                .toList();
        if (rechecking) {
            rechecking = false;
            Stream.concat(recent.all().stream(), works.stream())
                    .sorted(Comparator.comparingLong(Work::stamp))
                    .forEach(queue::add);
        } else {
            queue.addAll(works);
        }
    }

    private void work() {
        Work next = queue.peek();
        if (busy || closed || rechecking || next == null) {
            return;
        }
        busy = true;
        attempt(next, 1);
    }

    private void attempt(Work work, int attempt) {
        int begun = life;
        run(work).onComplete((done, failure) -> {
            if (begun != life) {
                return; // the outbox has been read anew
            }
            if (failure == null) {
                finished(work);
            } else if (failure instanceof RuntimeException && !(failure instanceof RedisDown) && attempt >= ATTEMPTS) {
                // Our own fault, and it would hold up everybody else for ever.
                log.error("Gave up the fan-out of {} in partition {}", work.ref, partition, failure);
                finished(work);
            } else if (!closed) {
                log.debug("Fan-out of {} failed, trying again: {}", work.ref, failure.getMessage());
                vertx.setTimer(RETRY_MS, timer -> {
                    if (begun == life) {
                        attempt(work, attempt + 1);
                    }
                });
            }
        });
    }

    private Future<Void> run(Work work) {
        try {
            return Trace.within(
                    work.trace,
                    () -> fanOut.run(partition, work.stamp, work.ref, work.event)
                            .onSuccess(done -> log.debug("Fanned out {}", work.ref)));
        } catch (RuntimeException ours) {
            return Future.failedFuture(ours);
        }
    }

    private void finished(Work work) {
        queue.remove();
        busy = false;
        finished = Math.max(finished, work.stamp);
        if (outbox.isApartFromHistories()) {
            recent.add(work);
        }
        // Should this get lost, the entry is fanned out once more, and recognised.
        outbox.remove(partition, work.stamp);
        settle(work.stamp);
        work();
    }

    private void settle(long upTo) {
        while (!waiters.isEmpty() && waiters.peek().stamp <= upTo) {
            waiters.remove().done.tryComplete();
        }
    }
}
