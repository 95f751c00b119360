package io.continuo.gateway.auth;

import io.continuo.common.model.UserId;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Session tokens that an app mints by itself, where its settings name an audience for them: nobody has to come by for a
 * nonce first. They live as long as the app says, though no longer than a year, and can be revoked like ours.
 */
final class MintedTokens {
    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();
    private static final int DIGEST_BYTES = 16;

    private final Clock clock;

    MintedTokens(Clock clock) {
        this.clock = clock;
    }

    /** @param audience that the app's settings name */
    Future<Session> verify(AppTokens app, String audience, String token, UnverifiedToken unverified) {
        return app.verify(token, unverified).map(claims -> {
            if (!claims.audiences().contains(audience)) {
                throw AuthFailure.UNTRUSTED.exception();
            }
            // An identity token is for one login only.
            if (claims.value("nce") != null) {
                throw AuthFailure.UNTRUSTED.exception();
            }
            return session(app.app().tag(), claims, token);
        });
    }

    private Session session(String tag, Claims claims, String token) {
        String user = claims.userId(claims.value("sub") == null ? "prn" : "sub");
        long issued = claims.seconds("iat");
        long end = Math.min(claims.end(clock), issued + LONGEST_SECONDS);
        if (end <= clock.instant().getEpochSecond()) {
            throw AuthFailure.EXPIRED.exception();
        }
        return new Session(
                UserId.of(tag, user),
                id(UserId.of(tag, user), claims, token),
                issued * 1_000,
                end * 1_000,
                Session.Origin.MINTED);
    }

    /** Of the user and its {@code jti}; without one, of what is signed: the signature itself can be written in several ways. */
    private static String id(String user, Claims claims, String token) {
        String jti = claims.textOrEmpty("jti");
        return jti.isBlank()
                ? "m-" + digest(token.substring(0, token.lastIndexOf('.')))
                : "m-" + digest(user + "\n" + jti);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
