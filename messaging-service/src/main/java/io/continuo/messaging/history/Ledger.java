package io.continuo.messaging.history;

/**
 * What has become of everything that was ever appended to a client's history, in positions (docs/operations.md). Every
 * position is in one of these states; it is counted for the client, however many devices there are.
 *
 * @param delivered written to a socket of the client
 * @param waiting held for it
 * @param expired no longer held, and nobody had asked for it
 * @param lost no longer held, which the client was told when it resumed
 * @param passed held when a device chose to begin after it, without resuming
 */
record Ledger(long delivered, long waiting, long expired, long lost, long passed) {
    static final Ledger EMPTY = new Ledger(0, 0, 0, 0, 0);

    /** Everything that was ever appended. */
    long appended() {
        return delivered + waiting + expired + lost + passed;
    }

    Ledger plus(Ledger other) {
        return new Ledger(
                delivered + other.delivered,
                waiting + other.waiting,
                expired + other.expired,
                lost + other.lost,
                passed + other.passed);
    }
}
