package io.continuo.gateway.socket;

import io.vertx.core.Vertx;

/** Ends something at a time which may be far: a timer is set only when it is near. Belongs to one event loop. */
final class Expiry {
    private static final long NONE = -1;

    private final Vertx vertx;
    private long atMs;
    private final Runnable end;
    private long timer = NONE;

    /** @param atMs milliseconds since the epoch */
    Expiry(Vertx vertx, long atMs, Runnable end) {
        this.vertx = vertx;
        this.atMs = atMs;
        this.end = end;
    }

    /** @param seconds until this is called again */
    void watch(int seconds) {
        long left = atMs - System.currentTimeMillis();
        if (timer == NONE && left <= 2_000L * seconds) {
            timer = vertx.setTimer(Math.max(1, left), fired -> end.run());
        }
    }

    /** Moves the end; {@link #watch} is to be called again. */
    void at(long otherMs) {
        stop();
        timer = NONE;
        atMs = otherMs;
    }

    void stop() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
        }
    }
}
