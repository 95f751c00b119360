package io.continuo.standalone;

/** Continuo cannot start here; the message is one line for the one who starts it. */
final class StartException extends RuntimeException {
    StartException(String message) {
        super(message);
    }
}
