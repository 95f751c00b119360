package io.continuo.gateway.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Session tokens: JWTs that every node can check by itself (protocol/layer.md §3.4). */
final class SessionTokens {
    private static final String ALGORITHM = "HS256";

    private final JWTAuth jwt;
    private final Clock clock;

    SessionTokens(Vertx vertx, Secret secret, Clock clock) {
        PubSecKeyOptions key = new PubSecKeyOptions().setAlgorithm(ALGORITHM).setBuffer(Buffer.buffer(secret.bytes()));
        this.jwt = JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(key));
        this.clock = clock;
    }

    SessionToken issue(String user, Duration ttl) {
        long expiresAt = clock.instant().getEpochSecond() + ttl.toSeconds();
        Session session = new Session(
                user,
                UUID.randomUUID().toString(),
                Duration.ofSeconds(expiresAt).toMillis());
        JsonObject claims = new JsonObject()
                .put("sub", user)
                .put("jti", session.sessionId())
                .put("exp", expiresAt);
        return new SessionToken(jwt.generateToken(claims, new JWTOptions().setAlgorithm(ALGORITHM)), session);
    }

    Future<Session> verify(String token) {
        return jwt.authenticate(new TokenCredentials(token))
                .map(SessionTokens::session)
                .recover(failure -> Future.failedFuture(JwtFailures.of(failure)));
    }

    /** The library lets pass what has no {@code exp}; we do not. */
    private static Session session(User user) {
        Claims claims = new Claims(user);
        claims.seconds("iat");
        return new Session(
                claims.text("sub"),
                claims.text("jti"),
                Duration.ofSeconds(claims.seconds("exp")).toMillis());
    }
}
