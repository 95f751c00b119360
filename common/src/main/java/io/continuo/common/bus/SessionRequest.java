package io.continuo.common.bus;

import io.continuo.common.model.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked about sessions (protocol/layer.md §3). */
public sealed interface SessionRequest extends MessagingRequest {

    /**
     * Spends a nonce and creates or refreshes the identity; answered by {@link Reply.SessionOpened}, or a failure with
     * {@code INVALID_PROPERTY} when the nonce was spent before (§3.3).
     *
     * @param nonce null for a login that needs none
     */
    record OpenSession(Identity identity, @Nullable String nonce) implements SessionRequest {}

    /**
     * Ends a session for good, on every node; answered by {@link Reply.Done}.
     *
     * @param expiresAt when the session's token would end by itself, milliseconds since the epoch
     */
    record RevokeSession(String user, String sessionId, long expiresAt) implements SessionRequest {}

    /** Ends all sessions of a user that have begun, on every node; answered by {@link Reply.Done} (§14.1). */
    record RevokeSessions(String user) implements SessionRequest {}

    /**
     * Whether a session still lives: {@link Reply.Done}, or a failure with {@code AUTHENTICATION_REQUIRED}.
     *
     * @param beganMs when it began, milliseconds since the epoch
     */
    record CheckSession(String user, String sessionId, long beganMs) implements SessionRequest {}

    /** Which of these sessions were ended before their time: {@link Reply.EndedSessions}. */
    record FindEndedSessions(List<CheckSession> sessions) implements SessionRequest {
        public FindEndedSessions {
            sessions = List.copyOf(sessions);
        }
    }

    /** Lets a session go on: {@link Reply.SessionOpened}, or a failure with {@code AUTHENTICATION_REQUIRED}. */
    record RenewSession(CheckSession session) implements SessionRequest {}

    /**
     * How long sessions live that begin from now on, or are renewed; answered by {@link Reply.Done}, or a failure with
     * {@code INVALID_PROPERTY} for what is not from 30 seconds to a year (§14.1).
     *
     * @param app its tag; empty for the default app
     */
    record SetSessionTtl(String app, int seconds) implements SessionRequest {}
}
