package io.continuo.gateway.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Leads through a {@link Lane}. Belongs to one event loop. */
final class Gate {
    private static final long LONGEST_PAUSE_MS = 250;

    private final Vertx vertx;
    private final Lane<Entrant<?>> lane;
    private final Counter admitted;
    private final Counter refused;
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean isTimed;
    private boolean isProceeding;

    record Entrant<T>(BooleanSupplier gone, Supplier<Future<T>> work, Promise<T> done) {}

    Gate(Vertx vertx, String loop, String name, Lane<Entrant<?>> lane, MeterRegistry meters) {
        this.vertx = vertx;
        this.lane = lane;
        admitted = meters.counter("continuo.admissions", "lane", name, "outcome", "admitted");
        refused = meters.counter("continuo.admissions", "lane", name, "outcome", "refused");
        Gauge.builder("continuo.admissions.waiting", waiting::get)
                .tag("lane", name)
                .tag("loop", loop)
                .register(meters);
    }

    <T> Future<T> enter(BooleanSupplier gone, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        Entrant<T> entrant = new Entrant<>(gone, work, done);
        if (lane.join(entrant, System.nanoTime())) {
            proceed();
        } else {
            refuse(entrant);
        }
        return done.future();
    }

    private void proceed() {
        if (isProceeding) {
            return;
        }
        isProceeding = true;
        lane.tired(System.nanoTime()).forEach(this::refuse);
        for (Optional<Entrant<?>> next = next(); next.isPresent(); next = next()) {
            if (next.get().gone.getAsBoolean()) {
                lane.unused();
            } else {
                admitted.increment();
                admit(next.get());
            }
        }
        isProceeding = false;
        waiting.set(lane.waiting());
        if (lane.waiting() > 0 && !isTimed) {
            isTimed = true;
            vertx.setTimer(pauseMs(), fired -> {
                isTimed = false;
                proceed();
            });
        }
    }

    private Optional<Entrant<?>> next() {
        return lane.next(System.nanoTime());
    }

    private <T> void admit(Entrant<T> entrant) {
        Future<T> work;
        try {
            work = entrant.work.get();
        } catch (RuntimeException refusal) {
            work = Future.failedFuture(refusal);
        }
        work.onComplete(entrant.done);
        work.onComplete(through -> {
            lane.left();
            if (lane.waiting() > 0) {
                proceed();
            }
        });
    }

    private void refuse(Entrant<?> entrant) {
        if (!entrant.gone.getAsBoolean()) {
            refused.increment();
            entrant.done.fail(new Busy(retryAfterSeconds()));
        }
    }

    /** When the queue is worked off, and not all at the same time. */
    private int retryAfterSeconds() {
        long backlog = lane.backlog().toSeconds();
        return (int) Math.min(60, backlog + ThreadLocalRandom.current().nextLong(1, 3 + backlog));
    }

    private long pauseMs() {
        long pause = TimeUnit.NANOSECONDS.toMillis(lane.pauseNs(System.nanoTime()));
        return Math.clamp(pause, 1, LONGEST_PAUSE_MS);
    }
}
