package io.continuo.gateway.auth;

/**
 * A session and the token that proves it. The token is a secret: {@link #toString} hides it.
 *
 * @param token URL-safe as it stands (protocol/layer.md §3.4)
 */
public record SessionToken(String token, Session session) {
    @Override
    public String toString() {
        return "SessionToken[" + session + "]";
    }
}
