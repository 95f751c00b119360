package io.continuo.gateway.auth;

import io.continuo.common.settings.AppSettings;
import io.continuo.common.settings.TokenSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.ext.auth.authentication.TokenCredentials;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens that one app's providers sign: told from others by the app's own keys, and by no others. */
final class AppTokens {
    private final AppSettings app;
    private final List<TrustedKey> registered;
    private final List<PublishedKeys> published;

    private AppTokens(AppSettings app, List<TrustedKey> registered, List<PublishedKeys> published) {
        this.app = app;
        this.registered = registered;
        this.published = published;
    }

    /** @param development the key of the development login, if it is on */
    static AppTokens of(
            Vertx vertx, HttpClient client, AppSettings app, Optional<TrustedKey> development, Clock clock) {
        TokenSettings settings = app.tokens();
        List<TrustedKey> keys = new ArrayList<>();
        settings.keys().stream()
                .filter(key -> settings.algorithms().contains(key.algorithm()))
                .forEach(key -> keys.add(TrustedKey.of(vertx, key, settings.providers())));
        development.ifPresent(keys::add);
        List<PublishedKeys> published = settings.jwks().stream()
                .map(url -> new PublishedKeys(vertx, client, url, settings, clock))
                .toList();
        return new AppTokens(app, List.copyOf(keys), published);
    }

    AppSettings app() {
        return app;
    }

    /** Checks signature, issuer and times but for the end, see {@link Claims#end}; fails with {@link AuthException}. */
    Future<Claims> verify(String token, UnverifiedToken unverified) {
        return keyOf(unverified)
                .compose(key -> key.jwt()
                        .authenticate(new TokenCredentials(token))
                        .map(Claims::new)
                        .map(claims -> {
                            if (!key.speaksFor(claims.text("iss"))) {
                                throw AuthFailure.ISSUER.exception();
                            }
                            return claims;
                        })
                        .recover(failure -> Future.failedFuture(JwtFailures.of(failure))));
    }

    private Future<TrustedKey> keyOf(UnverifiedToken token) {
        Optional<TrustedKey> known =
                registered.stream().filter(key -> key.isNamedBy(token)).findFirst();
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        // Whoever makes up an issuer must not make us ask anybody anything.
        return app.tokens().acceptsIssuer(token.issuer()) && token.keyId() instanceof String
                ? published(token, 0)
                : Future.failedFuture(AuthFailure.UNTRUSTED.exception());
    }

    private Future<TrustedKey> published(UnverifiedToken token, int index) {
        if (index == published.size()) {
            return Future.failedFuture(AuthFailure.UNTRUSTED.exception());
        }
        return published
                .get(index)
                .find(token)
                .compose(found -> found.map(Future::succeededFuture).orElseGet(() -> published(token, index + 1)));
    }
}
