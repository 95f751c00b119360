package io.continuo.gateway.socket.metrics;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What time it is at Redis, as far as its answers tell, whatever the clocks of this machine say: to within half of the
 * fastest round trip of late, and the millisecond in which Redis tells it. Belongs to one thread.
 */
public final class StoreTime {
    /** Clocks drift apart: an older answer is not trusted, however fast it was. */
    private static final long GOOD_FOR_NANOS = TimeUnit.SECONDS.toNanos(30);

    private boolean known;
    private long ahead;
    private long roundTrip;
    private long toldAt;

    /**
     * Takes an answer.
     *
     * @param askedAt by {@link System#nanoTime}
     * @param ms milliseconds since the epoch, as Redis has told
     */
    public void told(long askedAt, long ms) {
        long now = System.nanoTime();
        long took = now - askedAt;
        if (!known || took <= roundTrip || now - toldAt > GOOD_FOR_NANOS) {
            known = true;
            roundTrip = took;
            toldAt = now;
            long halfOfAMillisecond = TimeUnit.MILLISECONDS.toNanos(1) / 2;
            ahead = TimeUnit.MILLISECONDS.toNanos(ms) + halfOfAMillisecond - (askedAt + took / 2);
        }
    }

    /** How many nanoseconds ago it was {@code ms} at Redis, at least 0; empty while that is not known. */
    public OptionalLong nanosSince(long ms) {
        return known
                ? OptionalLong.of(Math.max(0, System.nanoTime() + ahead - TimeUnit.MILLISECONDS.toNanos(ms)))
                : OptionalLong.empty();
    }
}
