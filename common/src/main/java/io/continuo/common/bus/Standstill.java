package io.continuo.common.bus;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether an event loop has stood still, as in a process that was stopped or short of a processor, and is only
 * reading what came meanwhile. Belongs to that loop.
 */
public final class Standstill {
    /** For so long after it, what came meanwhile may still be on its way through the process, in milliseconds. */
    static final long CATCH_UP_MS = 1_000;

    private static final long LOOK_EVERY_MS = 250;

    private final long longMs;
    private long lookedAtMs;
    private long caughtUpAtMs = Long.MIN_VALUE;

    /** @param longMs how long it must do nothing to have stood still; much longer than it is looked at */
    public Standstill(long longMs, long nowMs) {
        this.longMs = longMs;
        this.lookedAtMs = nowMs;
    }

    /** One of the loop that this is called on. */
    static Standstill watch(Vertx vertx, long longMs) {
        Standstill standstill = new Standstill(longMs, nowMs());
        vertx.setPeriodic(LOOK_EVERY_MS, tick -> standstill.isCatchingUp());
        return standstill;
    }

    boolean isCatchingUp() {
        return isCatchingUp(nowMs());
    }

    /** Looks whether time has passed since the last look that it cannot have passed in. */
    public boolean isCatchingUp(long nowMs) {
        if (nowMs - lookedAtMs >= longMs) {
            caughtUpAtMs = nowMs + CATCH_UP_MS;
        }
        lookedAtMs = nowMs;
        return nowMs < caughtUpAtMs;
    }

    /** By a clock that no one sets. */
    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
