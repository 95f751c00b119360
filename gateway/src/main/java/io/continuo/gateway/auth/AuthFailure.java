package io.continuo.gateway.auth;

/** Why somebody is not let in. */
public enum AuthFailure {
    /** No token was presented. */
    MISSING,
    /** Not a token at all, or one without a claim that it needs. */
    MALFORMED,
    /** The signature is not of a key that we trust, or of another algorithm than that key's. */
    UNTRUSTED,
    /** The token was good once. */
    EXPIRED,
    /** The session was ended before its time. */
    REVOKED,
    /** The identity token was not made for a nonce of ours that still lives. */
    NONCE,
    /** The identity token's issuer is not a provider of ours. */
    ISSUER;

    /** The failure as an exception, for futures. */
    public AuthException exception() {
        return new AuthException(this);
    }
}
