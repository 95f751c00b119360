package io.continuo.messaging.webhook;

import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: twice as long each time, up to two minutes, and never quite the same. */
final class Backoff {
    private static final long FIRST_MS = 500;
    private static final long LONGEST_MS = 120_000;

    private Backoff() {}

    /**
     * @param attempt that has failed, from 1
     * @return milliseconds, between half of the full time and all of it
     */
    static long afterMs(int attempt, RandomGenerator random) {
        long full = Math.min(LONGEST_MS, FIRST_MS << Math.min(attempt - 1, 20));
        return full / 2 + random.nextLong(full / 2 + 1);
    }
}
