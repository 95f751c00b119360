package io.continuo.common.bus;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether an event loop has stood still, as in a process that was stopped or short of a processor, and is only
 * reading what came meanwhile. Belongs to that loop.
 */
public final class Standstill {
    /**
     * How long somebody must do nothing to have stood still, in milliseconds. Gateways give up what they have asked for a
     * second once they have heard nothing for three, and the last that they heard is up to a second older than the
     * standstill.
     */
    public static final long LONG_MS = 2_000;

    /** For so long after it, what came meanwhile may still be on its way through the process, in milliseconds. */
    public static final long CATCH_UP_MS = 1_000;

    /** Often enough to tell a standstill from idleness. */
    private static final long LOOK_EVERY_MS = 250;

    private long lookedAtMs;
    private long caughtUpAtMs = Long.MIN_VALUE;
    /** Nobody has been told yet that it is over. */
    private boolean stoodStill;

    /** @param nowMs by any clock that only goes forward */
    public Standstill(long nowMs) {
        lookedAtMs = nowMs;
    }

    /** One of the loop that this is called on. */
    public static Standstill watch(Vertx vertx) {
        return watch(vertx, () -> {});
    }

    /** @param onCaughtUp called each time that what came meanwhile has been read */
    public static Standstill watch(Vertx vertx, Runnable onCaughtUp) {
        Standstill standstill = new Standstill(nowMs());
        vertx.setPeriodic(LOOK_EVERY_MS, tick -> standstill.look(onCaughtUp));
        return standstill;
    }

    /** Whether what comes now may have come long ago. */
    public boolean isCatchingUp() {
        return isCatchingUp(nowMs());
    }

    private void look(Runnable onCaughtUp) {
        if (!isCatchingUp() && stoodStill) {
            stoodStill = false;
            onCaughtUp.run();
        }
    }

    /** The same, at {@code nowMs}. */
    public boolean isCatchingUp(long nowMs) {
        if (nowMs - lookedAtMs >= LONG_MS) {
            stoodStill = true;
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
