package io.continuo.messaging.response;

/** A response that cannot be understood; the message tells the client why. Has no stack trace. */
public final class BadResponse extends RuntimeException {
    BadResponse(String message) {
        super(message, null, false, false);
    }

    /** What to tell the client. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
