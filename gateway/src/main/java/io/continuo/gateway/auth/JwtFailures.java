package io.continuo.gateway.auth;

import io.vertx.ext.auth.authentication.CredentialValidationException;

/** The one place that knows how the JWT library says no: its exceptions have types and texts, but no codes. */
final class JwtFailures {
    private JwtFailures() {}

    static AuthException of(Throwable failure) {
        return failure instanceof AuthException ours ? ours : failureOf(failure).exception();
    }

    private static AuthFailure failureOf(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("expired")) {
            return AuthFailure.EXPIRED;
        }
        return switch (failure) {
            case CredentialValidationException ignored -> AuthFailure.MALFORMED;
            case IllegalArgumentException ignored -> AuthFailure.MALFORMED;
            case io.vertx.core.json.DecodeException ignored -> AuthFailure.MALFORMED;
            default -> AuthFailure.UNTRUSTED;
        };
    }
}
