package io.continuo.gateway.auth;

import static io.continuo.gateway.testing.Awaiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.continuo.common.settings.AuthSettings;
import io.continuo.common.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class SessionTokensTest {
    private static final byte[] KEY = Tokens.SECRET.getBytes(StandardCharsets.UTF_8);
    private static final JsonObject HEADER = new JsonObject().put("typ", "JWT").put("alg", "HS256");

    private final Authenticator authenticator;

    SessionTokensTest(Vertx vertx) {
        authenticator = get(Authenticator.create(vertx, Tokens.settings(List.of(), Map.of(), false)));
    }

    @Test
    void areKnownAgain() {
        SessionToken issued = authenticator.issue("zoë \"z\"", Duration.ofMinutes(5));
        assertThat(get(authenticator.verify(issued.token()))).isEqualTo(issued.session());
        assertThat(issued.session().expiresAtMs() - Instant.now().toEpochMilli())
                .isBetween(298_000L, 300_000L);
    }

    @Test
    void areSafeInUrlsAndHeadersAndHiddenFromLogs() {
        SessionToken issued = authenticator.issue("zoë \"z\" ~~~???>>>", Duration.ofMinutes(5));
        assertThat(issued.token()).matches("[A-Za-z0-9._~-]+");
        assertThat(issued.toString()).doesNotContain(issued.token());
    }

    @Test
    void areRefusedOnceExpired() {
        assertThat(refusal(authenticator.issue("ines", Duration.ofSeconds(-1)).token()))
                .isEqualTo(AuthFailure.EXPIRED);
        assertThat(refusal(Tokens.hs256(HEADER, claims().put("exp", now() - 3_600), KEY)))
                .isEqualTo(AuthFailure.EXPIRED);
    }

    @Test
    void areRefusedWhenTheyMissAClaim() {
        for (String claim : List.of("sub", "jti", "iat", "exp")) {
            JsonObject claims = claims();
            claims.remove(claim);
            assertThat(refusal(Tokens.hs256(HEADER, claims, KEY))).as(claim).isEqualTo(AuthFailure.MALFORMED);
        }
        assertThat(get(authenticator.verify(Tokens.hs256(HEADER, claims(), KEY)))
                        .user())
                .isEqualTo("ines");
    }

    @Test
    void areRefusedWithAClaimOfAnotherType() {
        assertThat(refusal(Tokens.hs256(HEADER, claims().put("sub", 7), KEY))).isEqualTo(AuthFailure.MALFORMED);
    }

    @Test
    void areRefusedWithAnotherSignature() {
        assertThat(refusal(Tokens.hs256(HEADER, claims(), "another".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal(Tokens.rs256(HEADER.copy().put("alg", "RS256"), claims(), Tokens.rsa())))
                .isEqualTo(AuthFailure.UNTRUSTED);
    }

    @Test
    void areRefusedWithoutASignature() {
        JsonObject none = HEADER.copy().put("alg", "none");
        assertThat(refusal(Tokens.unsigned(none, claims()))).isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal(Tokens.unsigned(HEADER, claims()))).isNotNull();
    }

    @Test
    void areRefusedWhenTheyAreGarbage() {
        for (String garbage : List.of("", "x", "a.b", "a.b.c", "a.b.c.d", "\u0000", "..", "e30.e30.e30")) {
            assertThat(refusal(garbage)).as(garbage).isIn(AuthFailure.MALFORMED, AuthFailure.UNTRUSTED);
        }
    }

    @Test
    void needASecret(Vertx vertx) {
        AuthSettings without = Settings.of(Map.of()).auth();
        assertThatThrownBy(() -> get(Authenticator.create(vertx, without)))
                .hasMessageContaining("CONTINUO_SESSION_SECRET");
    }

    private AuthFailure refusal(String token) {
        return catchThrowableOfType(AuthException.class, () -> get(authenticator.verify(token)))
                .failure();
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("sub", "ines")
                .put("jti", "s1")
                .put("iat", now())
                .put("exp", now() + 60);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
