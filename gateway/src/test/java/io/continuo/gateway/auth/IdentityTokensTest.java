package io.continuo.gateway.auth;

import static io.continuo.gateway.testing.Awaiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.continuo.common.model.Identity;
import io.continuo.common.model.Person;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class IdentityTokensTest {
    private static final KeyPair KEY = Tokens.rsa();
    private static final String KID = "layer:///keys/k1";
    private static final String ISSUER = "layer:///providers/p1";

    private final Vertx vertx;
    private final Path keyFile;
    private final Authenticator authenticator;

    IdentityTokensTest(Vertx vertx, @TempDir Path directory) throws IOException {
        this.vertx = vertx;
        this.keyFile = Files.writeString(directory.resolve("k1.pem"), Tokens.pem(KEY.getPublic()));
        this.authenticator = create(List.of(ISSUER), true);
    }

    @Test
    void tellWhoSomebodyIs() {
        JsonObject claims = claims().put("display_name", "Ines K.")
                .put("avatar_url", "https://cdn.example.test/i.png")
                .put("first_name", "Ines")
                .put("last_name", "K.")
                .put("public_key", "pk")
                .put("email_address", 7);
        Login login = get(authenticator.login(authenticator.apps().defaultApp(), Tokens.rs256(header(), claims, KEY)));
        Person person = new Person("ines", "Ines K.", "https://cdn.example.test/i.png");
        assertThat(login.identity()).isEqualTo(new Identity(person, "Ines", "K.", "", "", "pk", Map.of()));
        assertThat(login.nonce()).isEqualTo(claims.getString("nce"));
        assertThat(login.longestSession()).isEqualTo(Login.USUAL);
    }

    @Test
    void mayShortenTheSession() {
        assertThat(sessionTtl(5)).isEqualTo(Duration.ofSeconds(5));
        assertThat(sessionTtl(-5)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void areRefusedOnceExpired() {
        assertThat(refusal(header(), claims().put("exp", now() - 1))).isEqualTo(AuthFailure.EXPIRED);
    }

    @Test
    void areRefusedWhenTheyMissAClaim() {
        for (String claim : List.of("iss", "prn", "iat", "exp", "nce")) {
            JsonObject claims = claims();
            claims.remove(claim);
            assertThat(refusal(header(), claims)).as(claim).isEqualTo(AuthFailure.MALFORMED);
        }
        assertThat(refusal(header(), claims().put("prn", " "))).isEqualTo(AuthFailure.MALFORMED);
    }

    @Test
    void areRefusedForANonceThatIsNotLive() {
        assertThat(refusal(header(), claims().put("nce", "0".repeat(96)))).isEqualTo(AuthFailure.NONCE);
    }

    @Test
    void areRefusedFromAnotherProvider() {
        JsonObject claims = claims().put("iss", "layer:///providers/p2");
        assertThat(refusal(header(), claims)).isEqualTo(AuthFailure.ISSUER);
        Authenticator open = create(List.of(), false);
        JsonObject fresh = claims().put("iss", "layer:///providers/p2").put("nce", open.newNonce());
        assertThat(get(open.login(open.apps().defaultApp(), Tokens.rs256(header(), fresh, KEY)))
                        .identity()
                        .person()
                        .userId())
                .isEqualTo("ines");
    }

    @Test
    void areRefusedWithAKeyThatWeDoNotKnow() {
        assertThat(refusal(Tokens.rs256(header(), claims(), Tokens.rsa()))).isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal(header().put("kid", "layer:///keys/k2"), claims())).isEqualTo(AuthFailure.UNTRUSTED);
        JsonObject nameless = header();
        nameless.remove("kid");
        assertThat(refusal(nameless, claims())).isEqualTo(AuthFailure.UNTRUSTED);
    }

    @Test
    void areRefusedWithAnotherAlgorithm() {
        byte[] publicPem = Tokens.pem(KEY.getPublic()).getBytes(StandardCharsets.UTF_8);
        assertThat(refusal(Tokens.hs256(header().put("alg", "HS256"), claims(), publicPem)))
                .isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal(Tokens.hs256(header(), claims(), publicPem))).isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal(Tokens.unsigned(header().put("alg", "none"), claims())))
                .isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal(header().put("alg", "RS512"), claims())).isEqualTo(AuthFailure.UNTRUSTED);
    }

    @Test
    void areRefusedWhenTheyAreGarbage() {
        for (String garbage : List.of("", "x", "a.b.c", "..", "W10.e30.x", "e30.e30.e30")) {
            assertThat(refusal(garbage)).as(garbage).isIn(AuthFailure.MALFORMED, AuthFailure.UNTRUSTED);
        }
    }

    @Test
    void ofTheDevelopmentProviderAreGoodOnEveryNode() {
        Authenticator other = create(List.of(ISSUER), true);
        String token = authenticator
                .development()
                .orElseThrow()
                .identityToken("omar", authenticator.newNonce(), new JsonObject().put("session_ttl_seconds", 2));
        Login login = get(other.login(other.apps().defaultApp(), token));
        assertThat(login.identity().person().userId()).isEqualTo("omar");
        assertThat(login.longestSession()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void ofTheDevelopmentProviderAreRefusedWhereItIsOff() {
        Authenticator strict = create(List.of(), false);
        assertThat(strict.development()).isEmpty();
        String token =
                authenticator.development().orElseThrow().identityToken("omar", strict.newNonce(), new JsonObject());
        AuthException refused = catchThrowableOfType(
                AuthException.class, () -> get(strict.login(strict.apps().defaultApp(), token)));
        assertThat(refused.failure()).isEqualTo(AuthFailure.UNTRUSTED);
    }

    private Authenticator create(List<String> providers, boolean devLogin) {
        return get(Authenticator.create(vertx, Tokens.settings(providers, Map.of(KID, keyFile), devLogin)));
    }

    private Duration sessionTtl(int seconds) {
        JsonObject claims = claims().put("session_ttl_seconds", seconds);
        return get(authenticator.login(authenticator.apps().defaultApp(), Tokens.rs256(header(), claims, KEY)))
                .longestSession();
    }

    private AuthFailure refusal(JsonObject header, JsonObject claims) {
        return refusal(Tokens.rs256(header, claims, KEY));
    }

    private AuthFailure refusal(String token) {
        return catchThrowableOfType(
                        AuthException.class,
                        () -> get(authenticator.login(authenticator.apps().defaultApp(), token)))
                .failure();
    }

    private static JsonObject header() {
        return new JsonObject()
                .put("typ", "JWT")
                .put("alg", "RS256")
                .put("cty", "layer-eit;v=1")
                .put("kid", KID);
    }

    private JsonObject claims() {
        return new JsonObject()
                .put("iss", ISSUER)
                .put("prn", "ines")
                .put("iat", now())
                .put("exp", now() + 60)
                .put("nce", authenticator.newNonce());
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
