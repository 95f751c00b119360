package io.continuo.gateway.auth;

import io.continuo.common.model.Identity;
import io.continuo.common.model.Person;
import io.continuo.common.model.UserId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** Identity tokens: what an app's provider says of a user, for one nonce of ours (protocol/layer.md §3.3). */
final class IdentityTokens {
    private final Nonces nonces;
    private final Clock clock;

    IdentityTokens(Nonces nonces, Clock clock) {
        this.nonces = nonces;
        this.clock = clock;
    }

    Future<Login> verify(AppTokens app, String token) {
        try {
            return app.verify(token, UnverifiedToken.of(token))
                    .map(claims -> login(app.app().tag(), claims));
        } catch (AuthException refused) {
            return Future.failedFuture(refused);
        }
    }

    private Login login(String tag, Claims claims) {
        claims.seconds("iat");
        claims.end(clock);
        String nonce = claims.text("nce");
        if (!nonces.isLive(nonce)) {
            throw AuthFailure.NONCE.exception();
        }
        return new Login(identity(tag, claims), nonce, shorter(claims));
    }

    private static Identity identity(String tag, Claims claims) {
        Identity bare = Identity.of(UserId.of(tag, claims.userId("prn")));
        Person person = new Person(
                bare.person().userId(), claims.textOrEmpty("display_name"), claims.textOrEmpty("avatar_url"));
        return new Identity(
                person,
                claims.textOrEmpty("first_name"),
                claims.textOrEmpty("last_name"),
                claims.textOrEmpty("phone_number"),
                claims.textOrEmpty("email_address"),
                claims.textOrEmpty("public_key"),
                bare.metadata());
    }

    /** Our own claim: a provider may want a shorter session than usual, never a longer one. */
    private static Duration shorter(Claims claims) {
        return claims.value("session_ttl_seconds") instanceof Number seconds
                ? Duration.ofSeconds(Math.max(1, seconds.longValue()))
                : Login.USUAL;
    }
}
