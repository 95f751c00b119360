package io.continuo.common.node;

/** Continuo cannot start here; the message is one line for the one who starts it. */
public final class StartException extends RuntimeException {
    public StartException(String message) {
        super(message);
    }
}
