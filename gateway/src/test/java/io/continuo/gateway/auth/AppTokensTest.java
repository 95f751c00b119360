package io.continuo.gateway.auth;

import static io.continuo.gateway.testing.Awaiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.continuo.common.model.UserId;
import io.continuo.common.settings.AppSettings;
import io.continuo.common.settings.AuthSettings;
import io.continuo.common.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two apps, each with keys of its own: {@code shop} with one of every kind, {@code club} with published ones. */
@ExtendWith(VertxExtension.class)
class AppTokensTest {
    private static final KeyPair RSA = Tokens.rsa();
    private static final KeyPair P256 = Tokens.pair("EC");
    private static final KeyPair ED = Tokens.pair("Ed25519");
    private static final byte[] SHARED = "a secret that the shop shares with us".getBytes(StandardCharsets.UTF_8);
    private static final KeyPair PUBLISHED = Tokens.rsa();
    private static final KeyPair NEXT = Tokens.rsa();

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger fetches = new AtomicInteger();
    private final Authenticator authenticator;
    private volatile JsonArray keySet = new JsonArray().add(jwk("p1", PUBLISHED));
    private volatile int status = 200;

    AppTokensTest(Vertx vertx, @TempDir Path dir) throws IOException {
        int port = get(vertx.createHttpServer()
                        .requestHandler(request -> {
                            fetches.incrementAndGet();
                            request.response()
                                    .setStatusCode(status)
                                    .end(new JsonObject().put("keys", keySet).encode());
                        })
                        .listen(0, "127.0.0.1"))
                .actualPort();
        Files.writeString(dir.resolve("rsa.pem"), Tokens.pem(RSA.getPublic()));
        Files.writeString(dir.resolve("p256.pem"), Tokens.pem(P256.getPublic()));
        Files.writeString(dir.resolve("ed.pem"), Tokens.pem(ED.getPublic()));
        Files.write(dir.resolve("shared"), SHARED);
        Path file = Files.writeString(dir.resolve("apps.json"), """
                {"apps": [
                  {"tag": "shop", "ids": ["shop-id"], "providers": ["shop"], "session_audience": "shop-chat",
                   "keys": {"rsa": "rsa.pem", "p256": "p256.pem", "ed": "ed.pem"}, "secrets": {"shared": "shared"}},
                  {"tag": "club", "ids": ["club-id"], "providers": ["club"], "session_audience": "club-chat",
                   "jwks": ["http://127.0.0.1:%d/keys"]},
                  {"tag": "strict", "ids": ["strict-id"], "keys": {"ed": "ed.pem", "rsa": "rsa.pem"},
                   "algorithms": ["EdDSA"]},
                  {"tag": "closed", "ids": ["closed-id"], "session_audience": "closed-chat", "keys": {"rsa": "rsa.pem"},
                   "suspended": true}]}""".formatted(port));
        AuthSettings settings = Settings.of(
                        Map.of("CONTINUO_SESSION_SECRET", Tokens.SECRET, "CONTINUO_APPS", file.toString()))
                .auth();
        authenticator = get(Authenticator.create(vertx, settings, clock));
    }

    @Test
    void areGoodWithEveryAlgorithm() {
        assertThat(userOf("shop", Tokens.rs256(header("RS256", "rsa"), claims("shop"), RSA)))
                .isEqualTo("ines");
        assertThat(userOf("shop", Tokens.es256(header("ES256", "p256"), claims("shop"), P256)))
                .isEqualTo("ines");
        assertThat(userOf("shop", Tokens.eddsa(header("EdDSA", "ed"), claims("shop"), ED)))
                .isEqualTo("ines");
        assertThat(userOf("shop", Tokens.hs256(header("HS256", "shared"), claims("shop"), SHARED)))
                .isEqualTo("ines");
    }

    @Test
    void makeUsersOfTheirApp() {
        Login login = get(authenticator.login(app("shop"), Tokens.rs256(header("RS256", "rsa"), claims("shop"), RSA)));
        assertThat(login.identity().person().userId()).isEqualTo(UserId.of("shop", "ines"));
    }

    @Test
    void areRefusedWhenTheAlgorithmIsNotTheKeys() {
        byte[] publicPem = Tokens.pem(RSA.getPublic()).getBytes(StandardCharsets.UTF_8);
        byte[] publicDer = RSA.getPublic().getEncoded();
        for (byte[] confused : List.of(publicPem, publicDer)) {
            assertThat(refusal("shop", Tokens.hs256(header("HS256", "rsa"), claims("shop"), confused)))
                    .isEqualTo(AuthFailure.UNTRUSTED);
            assertThat(refusal("shop", Tokens.hs256(header("RS256", "rsa"), claims("shop"), confused)))
                    .isEqualTo(AuthFailure.UNTRUSTED);
            assertThat(refusal("shop", Tokens.hs256(header("HS256", "shared"), claims("shop"), confused)))
                    .isEqualTo(AuthFailure.UNTRUSTED);
        }
        assertThat(refusal("shop", Tokens.unsigned(header("none", "rsa"), claims("shop"))))
                .isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal("shop", Tokens.unsigned(header("RS256", "rsa"), claims("shop"))))
                .isNotNull();
        assertThat(refusal("shop", Tokens.rs256(header("RS256", "p256"), claims("shop"), RSA)))
                .isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal(
                        "shop",
                        Tokens.rs256(
                                header("RS256", "rsa").put("crit", new JsonArray().add("x")), claims("shop"), RSA)))
                .isEqualTo(AuthFailure.UNTRUSTED);
    }

    @Test
    void areRefusedWithAnAlgorithmThatTheAppDoesNotWant() {
        assertThat(userOf("strict", Tokens.eddsa(header("EdDSA", "ed"), claims("any"), ED)))
                .isEqualTo("ines");
        assertThat(refusal("strict", Tokens.rs256(header("RS256", "rsa"), claims("any"), RSA)))
                .isEqualTo(AuthFailure.UNTRUSTED);
    }

    @Test
    void areRefusedWithAKeyOfAnotherApp() {
        assertThat(refusal("club", Tokens.rs256(header("RS256", "rsa"), claims("club"), RSA)))
                .isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal("shop", Tokens.rs256(header("RS256", "p1"), claims("shop"), PUBLISHED)))
                .isEqualTo(AuthFailure.UNTRUSTED);
    }

    @Test
    void areRefusedBeforeAndAfterTheirTime() {
        assertThat(refusal("shop", shop(claims("shop").put("exp", now())))).isEqualTo(AuthFailure.EXPIRED);
        assertThat(refusal("shop", shop(claims("shop").put("nbf", now() + 300))))
                .isEqualTo(AuthFailure.EXPIRED);
        assertThat(userOf("shop", shop(claims("shop").put("nbf", now() + 5)))).isEqualTo("ines");
        assertThat(userOf("shop", shop(claims("shop").put("iat", now() + 5)))).isEqualTo("ines");
    }

    @Test
    void areRefusedForAUserWhoseIdHasControlCharacters() {
        for (String id : List.of("a\u001fines", "\u001f", "ines\n", "i".repeat(513))) {
            assertThat(refusal("shop", shop(claims("shop").put("prn", id)))).isEqualTo(AuthFailure.MALFORMED);
        }
    }

    @Test
    void areRefusedInASuspendedApp() {
        assertThat(refusal("closed", shop(claims("any")))).isEqualTo(AuthFailure.APP_SUSPENDED);
        JsonObject minted = minted("closed-chat").put("iss", "any");
        assertThat(rejection(shop(minted))).isEqualTo(AuthFailure.APP_SUSPENDED);
    }

    @Test
    void areGoodWithAPublishedKeyThatIsFetchedOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(userOf("club", published("p1", PUBLISHED))).isEqualTo("ines");
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void areGoodWithAKeyThatIsNew() {
        userOf("club", published("p1", PUBLISHED));
        keySet = new JsonArray().add(jwk("p2", NEXT));
        assertThat(refusal("club", published("p2", NEXT))).isEqualTo(AuthFailure.UNTRUSTED);
        clock.pass(PublishedKeys.PAUSE);
        assertThat(userOf("club", published("p2", NEXT))).isEqualTo("ines");
        assertThat(refusal("club", published("p1", PUBLISHED))).isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void doNotMakeUsAskForKeysAgainAndAgain() {
        for (int i = 0; i < 20; i++) {
            assertThat(refusal("club", published("made-up-" + i, NEXT))).isEqualTo(AuthFailure.UNTRUSTED);
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void ofAnUnknownIssuerDoNotMakeUsAskAtAll() {
        JsonObject claims = claims("somebody");
        assertThat(refusal("club", Tokens.rs256(header("RS256", "p1"), claims, PUBLISHED)))
                .isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(fetches).hasValue(0);
    }

    @Test
    void stayGoodForAWhileWhenTheKeysCannotBeFetched() {
        userOf("club", published("p1", PUBLISHED));
        status = 500;
        clock.pass(PublishedKeys.FRESH.plusSeconds(1));
        assertThat(userOf("club", published("p1", PUBLISHED))).isEqualTo("ines");
        assertThat(refusal("club", published("p2", NEXT))).isEqualTo(AuthFailure.UNAVAILABLE);
        clock.pass(PublishedKeys.KEPT);
        assertThat(refusal("club", published("p1", PUBLISHED))).isEqualTo(AuthFailure.UNAVAILABLE);
    }

    @Test
    void areNeverGoodWithASecretOrAWeakKeyThatIsPublished() {
        KeyPair weak = Tokens.rsa(1024);
        keySet = new JsonArray()
                .add(new JsonObject().put("kty", "oct").put("kid", "s").put("k", Tokens.base64(SHARED)))
                .add(jwk("w", weak))
                .add(jwk("e", NEXT).put("use", "enc"))
                .add("garbage")
                .add(jwk("p1", PUBLISHED));
        assertThat(refusal("club", Tokens.hs256(header("HS256", "s"), claims("club"), SHARED)))
                .isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal("club", published("w", weak))).isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(refusal("club", published("e", NEXT))).isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(userOf("club", published("p1", PUBLISHED))).isEqualTo("ines");
    }

    @Test
    void ofSessionsAreGoodWhenTheAppMintsThem() {
        JsonObject claims = minted("shop-chat");
        Session session = get(authenticator.verify(shop(claims)));
        assertThat(session.user()).isEqualTo(UserId.of("shop", "ines"));
        assertThat(session.expiresAtMs()).isEqualTo(claims.getLong("exp") * 1_000);
        assertThat(session.origin()).isEqualTo(Session.Origin.MINTED);
        assertThat(get(authenticator.verify(shop(minted("shop-chat")
                                .put("aud", new JsonArray().add("x").add("shop-chat")))))
                        .user())
                .isEqualTo(session.user());
        assertThat(get(authenticator.verify(Tokens.rs256(
                                header("RS256", "p1"), minted("club-chat").put("iss", "club"), PUBLISHED)))
                        .user())
                .isEqualTo(UserId.of("club", "ines"));
    }

    @Test
    void ofSessionsHaveAnIdOfTheirJtiOrOfThemselves() {
        String one = sessionId(minted("shop-chat").put("jti", "j"));
        assertThat(sessionId(minted("shop-chat").put("jti", "j").put("exp", now() + 90)))
                .isEqualTo(one);
        assertThat(sessionId(minted("shop-chat").put("jti", "j").put("sub", "omar")))
                .isNotEqualTo(one);
        assertThat(sessionId(minted("shop-chat").put("exp", now() + 90))).isNotEqualTo(sessionId(minted("shop-chat")));
    }

    @Test
    void ofSessionsLiveNoLongerThanAYear() {
        JsonObject claims = minted("shop-chat").put("exp", now() + 10 * 31_536_000L);
        Session session = get(authenticator.verify(shop(claims)));
        assertThat(session.expiresAtMs()).isEqualTo((claims.getLong("iat") + 31_536_000L) * 1_000);
    }

    @Test
    void ofSessionsAreRefusedForWhatTheyAreNot() {
        assertThat(rejection(shop(minted("club-chat")))).isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(rejection(shop(minted("nobody")))).isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(rejection(shop(minted("shop-chat").put("nce", authenticator.newNonce()))))
                .isEqualTo(AuthFailure.UNTRUSTED);
        assertThat(rejection(shop(minted("shop-chat").put("iss", "club")))).isEqualTo(AuthFailure.ISSUER);
        assertThat(rejection(shop(minted("shop-chat").put("exp", now() - 1)))).isEqualTo(AuthFailure.EXPIRED);
        assertThat(rejection(shop(minted("shop-chat").put("sub", "a\u001fb")))).isEqualTo(AuthFailure.MALFORMED);
        for (String claim : List.of("iat", "exp", "iss", "sub")) {
            JsonObject without = minted("shop-chat");
            without.remove(claim);
            assertThat(rejection(shop(without))).as(claim).isEqualTo(AuthFailure.MALFORMED);
        }
        // Our own secret makes no token of an app, nor an app's key one of ours.
        byte[] ours = Tokens.SECRET.getBytes(StandardCharsets.UTF_8);
        assertThat(rejection(Tokens.hs256(header("HS256", "shared"), minted("shop-chat"), ours)))
                .isEqualTo(AuthFailure.UNTRUSTED);
        JsonObject like = minted("x").put("jti", "j").put("app", "shop");
        like.remove("aud");
        assertThat(rejection(Tokens.hs256(header("HS256", "shared"), like, SHARED)))
                .isEqualTo(AuthFailure.UNTRUSTED);
    }

    @Test
    void ofSessionsNameTheirApp() {
        SessionToken token = authenticator.issue(UserId.of("shop", "ines"), Duration.ofMinutes(1));
        assertThat(get(authenticator.verify(token.token())).user()).isEqualTo(UserId.of("shop", "ines"));
        assertThat(rejection(authenticator
                        .issue(UserId.of("gone", "ines"), Duration.ofMinutes(1))
                        .token()))
                .isEqualTo(AuthFailure.UNKNOWN_APP);
    }

    private String sessionId(JsonObject claims) {
        return get(authenticator.verify(shop(claims))).sessionId();
    }

    private String userOf(String app, String token) {
        return UserId.given(
                get(authenticator.login(app(app), token)).identity().person().userId());
    }

    private AuthFailure refusal(String app, String token) {
        return catchThrowableOfType(AuthException.class, () -> get(authenticator.login(app(app), token)))
                .failure();
    }

    private AuthFailure rejection(String token) {
        return catchThrowableOfType(AuthException.class, () -> get(authenticator.verify(token)))
                .failure();
    }

    private AppSettings app(String tag) {
        return authenticator.apps().tagged(tag).orElseThrow();
    }

    private static String shop(JsonObject claims) {
        return Tokens.rs256(header("RS256", "rsa"), claims, RSA);
    }

    private String published(String kid, KeyPair key) {
        return Tokens.rs256(header("RS256", kid), claims("club"), key);
    }

    private static JsonObject header(String algorithm, String kid) {
        return new JsonObject().put("typ", "JWT").put("alg", algorithm).put("kid", kid);
    }

    private JsonObject claims(String issuer) {
        return new JsonObject()
                .put("iss", issuer)
                .put("prn", "ines")
                .put("iat", Instant.now().getEpochSecond())
                .put("exp", now() + 172_800)
                .put("nce", authenticator.newNonce());
    }

    private static JsonObject minted(String audience) {
        return new JsonObject()
                .put("iss", "shop")
                .put("sub", "ines")
                .put("aud", audience)
                .put("iat", now())
                .put("exp", now() + 60);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static JsonObject jwk(String kid, KeyPair pair) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return new JsonObject()
                .put("kty", "RSA")
                .put("kid", kid)
                .put("n", Tokens.base64(key.getModulus().toByteArray()))
                .put("e", Tokens.base64(key.getPublicExponent().toByteArray()));
    }
}
