package io.continuo.gateway.http;

import io.continuo.common.bus.Reply;

/** What a future fails with when the answer is an error of the table. Has no stack trace. */
final class Declined extends RuntimeException {
    private final transient Reply.Failure failure;

    Declined(Reply.Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    Reply.Failure failure() {
        return failure;
    }
}
