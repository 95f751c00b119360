package io.continuo.gateway.auth;

import io.continuo.common.model.Identity;
import io.continuo.common.model.Person;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Identity tokens: what a provider says of a user, for one nonce of ours (protocol/layer.md §3.3). */
final class IdentityTokens {
    private static final int PARTS = 3;

    private final List<TrustedKey> keys;
    private final Nonces nonces;
    private final Duration longestSession;

    IdentityTokens(List<TrustedKey> keys, Nonces nonces, Duration longestSession) {
        this.keys = keys;
        this.nonces = nonces;
        this.longestSession = longestSession;
    }

    Future<Login> verify(String token) {
        try {
            TrustedKey key = keyOf(token);
            return key.jwt()
                    .authenticate(new TokenCredentials(token))
                    .map(user -> login(key, user))
                    .recover(failure -> Future.failedFuture(JwtFailures.of(failure)));
        } catch (AuthException refused) {
            return Future.failedFuture(refused);
        }
    }

    /** By its {@code kid}; and the header must name the very algorithm that our keys are for. */
    private TrustedKey keyOf(String token) {
        JsonObject header = header(token);
        if (!TrustedKey.ALGORITHM.equals(header.getValue("alg"))) {
            throw AuthFailure.UNTRUSTED.exception();
        }
        return keys.stream()
                .filter(key -> key.id().equals(header.getValue("kid")))
                .findFirst()
                .orElseThrow(AuthFailure.UNTRUSTED::exception);
    }

    private static JsonObject header(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            throw AuthFailure.MALFORMED.exception();
        }
        try {
            return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(parts[0])));
        } catch (IllegalArgumentException | DecodeException | ClassCastException garbage) {
            throw AuthFailure.MALFORMED.exception();
        }
    }

    private Login login(TrustedKey key, User user) {
        Claims claims = new Claims(user);
        claims.seconds("iat");
        claims.seconds("exp");
        if (!key.speaksFor(claims.text("iss"))) {
            throw AuthFailure.ISSUER.exception();
        }
        String nonce = claims.text("nce");
        if (!nonces.isLive(nonce)) {
            throw AuthFailure.NONCE.exception();
        }
        return new Login(identity(claims), nonce, sessionTtl(claims));
    }

    private static Identity identity(Claims claims) {
        Identity bare = Identity.of(claims.text("prn"));
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
    private Duration sessionTtl(Claims claims) {
        if (claims.value("session_ttl_seconds") instanceof Number seconds) {
            return Duration.ofSeconds(Math.clamp(seconds.longValue(), 1, longestSession.toSeconds()));
        }
        return longestSession;
    }
}
