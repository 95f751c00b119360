package io.continuo.gateway.auth;

import io.continuo.common.settings.AuthSettings;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and issues what people come in with (protocol/layer.md §3). */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class Authenticator {
    private Authenticator() {}

    /**
     * Reads keys from their files, off the event loop.
     *
     * @return fails when there is no session secret, or a key cannot be read
     */
    public static Future<Authenticator> create(Vertx vertx, AuthSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * Checks a session token's signature and age; not whether the session was revoked.
     *
     * @return fails with {@link AuthException}
     */
    public Future<Session> verify(String token) {
        throw new UnsupportedOperationException();
    }

    /** Starts a session of {@code user} that lives for {@code ttl}, in whole seconds. */
    public SessionToken issue(String user, Duration ttl) {
        throw new UnsupportedOperationException();
    }

    /** A fresh nonce. It costs no storage: it carries its own time and signature. */
    public String newNonce() {
        throw new UnsupportedOperationException();
    }

    /** Whether {@code nonce} is ours and younger than 10 minutes. Whether it was spent, only the service knows. */
    public boolean isLive(String nonce) {
        throw new UnsupportedOperationException();
    }

    /** The session token of a request: from the query's {@code session_token}, or from {@code Authorization}. */
    public static Optional<String> tokenOf(HttpServerRequest request) {
        return tokenOf(request.query(), request.headers());
    }

    /** The same, for a handshake that is not (yet) a request. */
    public static Optional<String> tokenOf(@Nullable String query, MultiMap headers) {
        throw new UnsupportedOperationException();
    }
}
