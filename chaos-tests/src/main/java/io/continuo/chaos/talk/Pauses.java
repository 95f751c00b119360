package io.continuo.chaos.talk;

import java.time.Duration;
import java.util.Random;

/** How long a client waits before it comes back: a random moment, longer the more often it was not let in. */
final class Pauses {
    private static final int LEAST_MS = 100;
    private static final int SPREAD_MS = 600;
    private static final int LONGEST_MS = 3_000;

    private final Random random;
    private int failures;
    private boolean reload;

    Pauses(Random random) {
        this.random = random;
    }

    void succeeded() {
        failures = 0;
    }

    void failed() {
        failures++;
    }

    Duration next() {
        int spread = Math.min(LONGEST_MS, SPREAD_MS << Math.min(failures, 4));
        return Duration.ofMillis(LEAST_MS + random.nextInt(spread));
    }

    /** Before it comes back it must load everything anew. */
    void reload() {
        reload = true;
    }

    /** Whether it must, once. */
    boolean takeReload() {
        boolean must = reload;
        reload = false;
        return must;
    }
}
