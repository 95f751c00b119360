package io.continuo.gateway.auth;

import io.continuo.common.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/**
 * Session tokens: JWTs that every node can check by itself (protocol/layer.md §3.4). They name the user, as the app calls
 * them, the app's tag unless it is the default one, the session, and to the millisecond when it began.
 */
final class SessionTokens {
    private static final String ALGORITHM = "HS256";
    private static final String APP = "app";
    private static final String BEGAN_MS = "began_ms";

    private final JWTAuth jwt;
    private final Clock clock;

    SessionTokens(Vertx vertx, Secret secret, Clock clock) {
        PubSecKeyOptions key = new PubSecKeyOptions().setAlgorithm(ALGORITHM).setBuffer(Buffer.buffer(secret.bytes()));
        this.jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .addPubSecKey(key)
                        .setJWTOptions(new JWTOptions().setLeeway(TrustedKey.LEEWAY_SECONDS)));
        this.clock = clock;
    }

    /** A new session of {@code user}. */
    SessionToken issue(String user, Duration ttl, long beganMs) {
        return token(user, UUID.randomUUID().toString(), ttl, beganMs);
    }

    /** The same session, for another while. */
    SessionToken prolong(Session session, Duration ttl) {
        return token(session.user(), session.sessionId(), ttl, session.issuedAtMs());
    }

    private SessionToken token(String user, String sessionId, Duration ttl, long beganMs) {
        long end = clock.instant().getEpochSecond() + ttl.toSeconds();
        Session session =
                new Session(user, sessionId, beganMs, Duration.ofSeconds(end).toMillis(), Session.Origin.OURS);
        JsonObject claims = new JsonObject()
                .put("sub", UserId.given(user))
                .put("jti", sessionId)
                .put("exp", end)
                .put(BEGAN_MS, beganMs);
        if (!UserId.app(user).isEmpty()) {
            claims.put(APP, UserId.app(user));
        }
        return new SessionToken(jwt.generateToken(claims, new JWTOptions().setAlgorithm(ALGORITHM)), session);
    }

    Future<Session> verify(String token) {
        return jwt.authenticate(new TokenCredentials(token))
                .map(user -> session(new Claims(user)))
                .recover(failure -> Future.failedFuture(JwtFailures.of(failure)));
    }

    private Session session(Claims claims) {
        long issued = claims.seconds("iat");
        return new Session(
                UserId.of(claims.textOrEmpty(APP), claims.userId("sub")),
                claims.text("jti"),
                claims.value(BEGAN_MS) instanceof Number ms ? ms.longValue() : issued * 1_000,
                Duration.ofSeconds(claims.end(clock)).toMillis(),
                Session.Origin.OURS);
    }
}
