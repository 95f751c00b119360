package io.continuo.gateway.auth;

/** Why somebody is not let in. */
public enum AuthFailure {
    /** No token was presented. */
    MISSING,
    /** Not a token at all, or one without a claim that it needs. */
    MALFORMED,
    /** The signature is not of a key that we trust, or of another algorithm than that key's. */
    UNTRUSTED,
    /** The token was good once, or will be. */
    EXPIRED,
    /** The session was ended before its time. */
    REVOKED,
    /** The identity token was not made for a nonce of ours that still lives. */
    NONCE,
    /** The identity token's issuer is not a provider of ours. */
    ISSUER,
    /** Nobody can tell now: the provider's keys cannot be fetched. */
    UNAVAILABLE,
    /** The app is not one of ours (any more). */
    UNKNOWN_APP,
    /** The app lets nobody in for now. */
    APP_SUSPENDED;

    /** The failure as an exception, for futures. */
    public AuthException exception() {
        return new AuthException(this);
    }
}
