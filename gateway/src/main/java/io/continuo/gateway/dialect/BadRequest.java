package io.continuo.gateway.dialect;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;

/** A client's request that cannot be understood; {@link #failure} is the answer it deserves. Has no stack trace. */
public final class BadRequest extends RuntimeException {
    private final transient Reply.Failure failure;

    public BadRequest(Reply.Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    public static BadRequest of(ErrorCode code, String message) {
        return new BadRequest(Reply.Failure.of(code, message));
    }

    /** What has to be there is not. */
    public static BadRequest missing(String property) {
        return new BadRequest(
                Reply.Failure.ofProperty(ErrorCode.MISSING_PROPERTY, property, property + " is missing."));
    }

    /** What is there cannot be. */
    public static BadRequest invalid(String property, String message) {
        return new BadRequest(Reply.Failure.ofProperty(ErrorCode.INVALID_PROPERTY, property, message));
    }

    public Reply.Failure failure() {
        return failure;
    }
}
