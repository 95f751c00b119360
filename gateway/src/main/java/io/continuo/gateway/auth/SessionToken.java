package io.continuo.gateway.auth;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A session and the token that proves it. The token is a secret: {@link #toString} hides it.
 *
 * @param token URL-safe as it stands (protocol/layer.md §3.4)
 */
public record SessionToken(String token, Session session) {
    /** What a client is told of it. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("session_token", token)
                .put("expires_at", Instant.ofEpochMilli(session.expiresAtMs()).toString());
    }

    @Override
    public String toString() {
        return "SessionToken[" + session + "]";
    }
}
