package io.continuo.chaos;

import io.continuo.chaos.log.Course;
import io.continuo.chaos.place.Cluster;
import io.continuo.chaos.place.Ledger;
import java.time.Duration;

/**
 * What a cluster's ledger has to say: all that was ever appended to the histories of all rounds' people, each position in
 * one state, and nothing lost. Blocking.
 */
final class Books {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final boolean nothingMayBeLost;
    private long appended;
    private boolean known = true;

    /** @param nothingMayBeLost false where Redis may come back with less than it had, so that sums are not known */
    Books(boolean nothingMayBeLost) {
        this.nothingMayBeLost = nothingMayBeLost;
    }

    /** A round has appended so much. */
    void add(long positions) {
        appended += positions;
    }

    /** Nobody knows any more how much there should be. */
    void lose() {
        known = false;
    }

    /** Waits until the ledger is up to date and balances; otherwise writes down that it never did. */
    void compare(Cluster cluster, Course.Writer course) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Ledger ledger = cluster.ledger();
        while (!isRight(ledger)) {
            if (System.nanoTime() > deadline) {
                course.unmet("the ledger does not balance: " + ledger + ", appended should be " + appended);
                return;
            }
            pause();
            ledger = cluster.ledger();
        }
        course.fault(ledger.toString());
    }

    private boolean isRight(Ledger ledger) {
        return ledger.balances()
                && (!nothingMayBeLost || ledger.lost() + ledger.passed() + ledger.expired() == 0)
                && (!nothingMayBeLost || !known || ledger.appended() == appended);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
