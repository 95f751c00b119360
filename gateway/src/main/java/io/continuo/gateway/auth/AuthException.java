package io.continuo.gateway.auth;

/** What a future fails with when somebody is not let in. Has no stack trace, and never holds a token. */
public final class AuthException extends RuntimeException {
    private final AuthFailure failure;

    AuthException(AuthFailure failure) {
        super(failure.name(), null, false, false);
        this.failure = failure;
    }

    public AuthFailure failure() {
        return failure;
    }
}
