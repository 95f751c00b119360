package io.continuo.gateway.auth;

import io.continuo.common.settings.AppSettings;
import io.continuo.common.settings.AuthSettings;
import io.continuo.common.settings.TokenAlgorithm;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and issues what people come in with (protocol/layer.md §3). One for each event loop. */
public final class Authenticator {
    private final SessionTokens sessions;
    private final Nonces nonces;
    private final IdentityTokens identities;
    private final Optional<DevelopmentProvider> development;

    private Authenticator(
            SessionTokens sessions,
            Nonces nonces,
            IdentityTokens identities,
            Optional<DevelopmentProvider> development) {
        this.sessions = sessions;
        this.nonces = nonces;
        this.identities = identities;
        this.development = development;
    }

    /**
     * Reads keys from their files, off the event loop.
     *
     * @return fails when there is no session secret, or a key cannot be read
     */
    public static Future<Authenticator> create(Vertx vertx, AuthSettings settings) {
        return create(vertx, settings, Clock.systemUTC());
    }

    static Future<Authenticator> create(Vertx vertx, AuthSettings settings, Clock clock) {
        return vertx.executeBlocking(() -> read(vertx, settings, clock));
    }

    private static Authenticator read(Vertx vertx, AuthSettings settings, Clock clock) {
        Secret secret = Secret.of(settings);
        Optional<DevelopmentProvider> development =
                settings.devLogin().filter(Boolean::booleanValue).map(on -> DevelopmentProvider.create(vertx, secret));
        List<TrustedKey> keys = new ArrayList<>();
        AppSettings app = settings.apps().defaultApp();
        app.tokens().keys().stream()
                .filter(key -> key.algorithm() == TokenAlgorithm.RS256)
                .forEach(key ->
                        keys.add(TrustedKey.of(vertx, key.id(), app.tokens().providers(), key.material())));
        development.ifPresent(provider -> keys.add(provider.key()));
        Nonces nonces = new Nonces(secret, clock);
        return new Authenticator(
                new SessionTokens(vertx, secret, clock),
                nonces,
                new IdentityTokens(List.copyOf(keys), nonces, Duration.ofSeconds(app.sessionTtlSeconds())),
                development);
    }

    /**
     * Checks a session token's signature and age; not whether the session was revoked.
     *
     * @return fails with {@link AuthException}
     */
    public Future<Session> verify(String token) {
        return sessions.verify(token);
    }

    /** Starts a session of {@code user} that lives for {@code ttl}, in whole seconds. */
    public SessionToken issue(String user, Duration ttl) {
        return sessions.issue(user, ttl);
    }

    /**
     * Checks an identity token, all but whether its nonce was spent before.
     *
     * @return fails with {@link AuthException}
     */
    public Future<Login> login(String identityToken) {
        return identities.verify(identityToken);
    }

    /** A fresh nonce. It costs no storage: it carries its own time and signature. */
    public String newNonce() {
        return nonces.fresh();
    }

    /** Whether {@code nonce} is ours and younger than 10 minutes. Whether it was spent, only the service knows. */
    public boolean isLive(String nonce) {
        return nonces.isLive(nonce);
    }

    /** Present when the development login is on. */
    public Optional<DevelopmentProvider> development() {
        return development;
    }

    /** The session token of a request: from the query's {@code session_token}, or from {@code Authorization}. */
    public static Optional<String> tokenOf(HttpServerRequest request) {
        return tokenOf(request.query(), request.headers());
    }

    /** The same, for a handshake that is not (yet) a request. */
    public static Optional<String> tokenOf(@Nullable String query, MultiMap headers) {
        return PresentedToken.in(query, headers);
    }
}
