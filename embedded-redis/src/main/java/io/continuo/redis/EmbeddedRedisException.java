package io.continuo.redis;

/** The embedded Redis cannot be started; the message is one line for the one who starts it. */
public final class EmbeddedRedisException extends RuntimeException {
    public EmbeddedRedisException(String message) {
        super(message);
    }

    EmbeddedRedisException(String message, Throwable cause) {
        super(message, cause);
    }
}
