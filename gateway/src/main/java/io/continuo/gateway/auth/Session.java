package io.continuo.gateway.auth;

import io.continuo.common.bus.SessionRequest;

/**
 * One login of a user.
 *
 * @param user as called inside, see {@link io.continuo.common.model.UserId}
 * @param sessionId names the session on all nodes; not a secret
 * @param issuedAtMs when it began, milliseconds since the epoch
 * @param expiresAtMs when it ends by itself, milliseconds since the epoch
 */
public record Session(String user, String sessionId, long issuedAtMs, long expiresAtMs, Origin origin) {
    /** The question whether it was ended before its time. */
    public SessionRequest.CheckSession check() {
        return new SessionRequest.CheckSession(user, sessionId, issuedAtMs);
    }

    /** Who made the token. */
    public enum Origin {
        /** We did. */
        OURS,
        /** The app did; only the app can prolong it. */
        MINTED
    }
}
