package io.continuo.gateway.auth;

/**
 * One login of a user.
 *
 * @param sessionId names the session on all nodes; not a secret
 * @param expiresAtMs when it ends by itself, milliseconds since the epoch
 */
public record Session(String user, String sessionId, long expiresAtMs) {}
