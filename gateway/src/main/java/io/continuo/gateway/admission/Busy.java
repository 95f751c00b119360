package io.continuo.gateway.admission;

/** Too many want to come in. Has no stack trace. */
public final class Busy extends RuntimeException {
    private final int retryAfterSeconds;

    Busy(int retryAfterSeconds) {
        super("Too many come in right now; try again.", null, false, false);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** When it is worth trying again. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
