package io.continuo.gateway.auth;

import io.continuo.common.model.UserId;
import io.continuo.common.settings.AppSettings;
import io.continuo.common.settings.Apps;
import io.continuo.common.settings.AuthSettings;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks and issues what people come in with (protocol/layer.md §3). One for each event loop. */
public final class Authenticator {
    private final Apps apps;
    private final Map<String, AppTokens> tokens;
    private final SessionTokens sessions;
    private final MintedTokens minted;
    private final Nonces nonces;
    private final IdentityTokens identities;
    private final Optional<DevelopmentProvider> development;
    private final Clock clock;

    private Authenticator(Vertx vertx, AuthSettings settings, Optional<DevelopmentProvider> development, Clock clock) {
        Secret secret = Secret.of(settings);
        this.apps = settings.apps();
        this.development = development;
        this.clock = clock;
        sessions = new SessionTokens(vertx, secret, clock);
        minted = new MintedTokens(clock);
        nonces = new Nonces(secret, clock);
        identities = new IdentityTokens(nonces, clock);
        HttpClient client = vertx.createHttpClient();
        tokens = apps.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        AppSettings::tag,
                        app -> AppTokens.of(vertx, client, app, development.map(DevelopmentProvider::key), clock)));
    }

    /**
     * Makes the development login's key off the event loop, which takes a while.
     *
     * @return fails when there is no session secret
     */
    public static Future<Authenticator> create(Vertx vertx, AuthSettings settings) {
        return create(vertx, settings, Clock.systemUTC());
    }

    static Future<Authenticator> create(Vertx vertx, AuthSettings settings, Clock clock) {
        return vertx.executeBlocking(() -> settings.devLogin()
                        .filter(Boolean::booleanValue)
                        .map(on -> DevelopmentProvider.create(vertx, Secret.of(settings))))
                .map(development -> new Authenticator(vertx, settings, development, clock));
    }

    /**
     * Checks a session token's signature, age and app; not whether the session was revoked.
     *
     * @param token ours, or one that an app has minted by itself
     * @return fails with {@link AuthException}
     */
    public Future<Session> verify(String token) {
        try {
            return session(token).map(this::ofALivingApp);
        } catch (AuthException refused) {
            return Future.failedFuture(refused);
        }
    }

    private Future<Session> session(String token) {
        if (!apps.mintTokens()) {
            return sessions.verify(token);
        }
        UnverifiedToken unverified = UnverifiedToken.of(token);
        for (String audience : unverified.audiences()) {
            AppSettings app = apps.ofAudience(audience).orElse(null);
            if (app != null) {
                return minted.verify(tokens(app), audience, token, unverified);
            }
        }
        return sessions.verify(token);
    }

    private Session ofALivingApp(Session session) {
        AppSettings app = apps.tagged(UserId.app(session.user())).orElseThrow(AuthFailure.UNKNOWN_APP::exception);
        if (app.suspended()) {
            throw AuthFailure.APP_SUSPENDED.exception();
        }
        return session;
    }

    /** Starts a session of {@code user} that lives for {@code ttl}, in whole seconds, from now on. */
    public SessionToken issue(String user, Duration ttl) {
        return issue(user, ttl, clock.millis());
    }

    /** @param beganMs by Redis time, so that it compares with the time at which all sessions of a user were ended */
    public SessionToken issue(String user, Duration ttl, long beganMs) {
        return sessions.issue(user, ttl, beganMs);
    }

    /** A new token for a session of ours, which ends {@code ttl} from now. */
    public SessionToken prolong(Session session, Duration ttl) {
        return sessions.prolong(session, ttl);
    }

    /**
     * Checks an identity token for {@code app}, all but whether its nonce was spent before.
     *
     * @return fails with {@link AuthException}
     */
    public Future<Login> login(AppSettings app, String identityToken) {
        return app.suspended()
                ? Future.failedFuture(AuthFailure.APP_SUSPENDED.exception())
                : identities.verify(tokens(app), identityToken);
    }

    /** The apps that people may come in for. */
    public Apps apps() {
        return apps;
    }

    private AppTokens tokens(AppSettings app) {
        return Objects.requireNonNull(tokens.get(app.tag()));
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
