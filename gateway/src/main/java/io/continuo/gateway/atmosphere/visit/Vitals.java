package io.continuo.gateway.atmosphere.visit;

/** The signs of life of one client, on a clock in milliseconds. Belongs to one event loop. */
final class Vitals {
    /** So many heartbeats without any. */
    private static final int DEADLY_SILENCE = 3;
    /** Until the next poll. */
    private static final int LONGEST_GAP_MS = 15_000;

    private final long heartbeatMs;
    private long sentMs;
    private long heardMs;
    private long roomMs;

    Vitals(int heartbeatSeconds) {
        heartbeatMs = heartbeatSeconds * 1_000L;
    }

    /** The client is there. */
    void begin(long nowMs) {
        sentMs = nowMs;
        heardMs = nowMs;
        roomMs = nowMs;
    }

    void sent(long nowMs) {
        sentMs = nowMs;
    }

    void heard(long nowMs) {
        heardMs = nowMs;
    }

    /** The client takes what it is sent. */
    void hasRoom(long nowMs) {
        roomMs = nowMs;
    }

    /** Whether it is time to send padding. */
    boolean isQuiet(long nowMs) {
        return nowMs - sentMs >= heartbeatMs;
    }

    /** Whether no further poll will come. */
    boolean isAway(long nowMs) {
        return nowMs - heardMs > LONGEST_GAP_MS;
    }

    /** @param answers whether the client would have to have been heard of */
    boolean isDead(long nowMs, boolean answers) {
        long deadly = DEADLY_SILENCE * heartbeatMs;
        return (answers && nowMs - heardMs > deadly) || nowMs - roomMs > deadly;
    }
}
