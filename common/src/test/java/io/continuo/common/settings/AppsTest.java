package io.continuo.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppsTest {
    private static final String ID = "6b1d0c3e-0a4f-4a1b-9b61-5d8f0b1a77c2";
    private static final String OTHER_ID = "b70fd2c0-9d4c-4a42-8f2a-2a6b1f3f0c11";

    @TempDir
    Path dir;

    @Test
    void areOneThatGoesByAnyNameWhenNothingIsSaid() {
        Apps apps = apps(Map.of());
        assertThat(apps.named("layer:///apps/staging/" + ID)).contains(apps.defaultApp());
        assertThat(apps.defaultApp().tag()).isEmpty();
        assertThat(apps.defaultApp().admitsBackend("")).isFalse();
        assertThat(apps.tagged("shop")).isEmpty();
    }

    @Test
    void areFoundByEveryIdTagAndAudience() {
        Apps apps = file("""
                {"apps": [{"tag": "shop", "session_audience": "shop-chat",
                           "ids": ["layer:///apps/staging/%s", "%s"]}]}""".formatted(ID, OTHER_ID));
        AppSettings shop = apps.tagged("shop").orElseThrow();
        assertThat(apps.named("layer:///apps/staging/" + ID)).contains(shop);
        assertThat(apps.named("layer:///apps/production/" + OTHER_ID)).contains(shop);
        assertThat(apps.named(OTHER_ID.toUpperCase(Locale.ROOT))).contains(shop);
        assertThat(apps.ofAudience("shop-chat")).contains(shop);
        assertThat(apps.named("00000000-0000-4000-8000-000000000000")).contains(apps.defaultApp());
        assertThat(shop.sessionTtlSeconds()).isEqualTo(1_209_600);
    }

    @Test
    void refuseAStrangersNameOnceTheDefaultAppHasOne() {
        Apps apps = apps(Map.of("CONTINUO_APP_ID", "layer:///apps/staging/" + ID));
        assertThat(apps.named(ID)).contains(apps.defaultApp());
        assertThat(apps.named(OTHER_ID)).isEmpty();
    }

    @Test
    void admitTheirOwnBackendOnly() {
        Apps apps = file("""
                {"apps": [{"tag": "shop", "ids": ["%s"], "server_tokens": ["shop-token-0123456789"]}]}""".formatted(ID));
        AppSettings shop = apps.tagged("shop").orElseThrow();
        assertThat(shop.admitsBackend("shop-token-0123456789")).isTrue();
        assertThat(shop.admitsBackend("shop-token-012345678")).isFalse();
        assertThat(apps.defaultApp().admitsBackend("shop-token-0123456789")).isFalse();
        assertThat(shop.toString()).doesNotContain("0123456789");
    }

    @Test
    void knowATokenByItsDigest() {
        // printf test-token-0123456789 | sha256sum
        Apps apps = apps(Map.of(
                "CONTINUO_SERVER_TOKENS",
                "another-token-0123456789, sha256:93b01915ef217ed9eb776b2e473270b00418b7bfc8c89d30696ece5eb5d91240"));
        assertThat(apps.defaultApp().admitsBackend("another-token-0123456789")).isTrue();
        assertThat(apps.defaultApp().admitsBackend("test-token-0123456789")).isTrue();
        assertThat(apps.defaultApp()
                        .admitsBackend("sha256:93b01915ef217ed9eb776b2e473270b00418b7bfc8c89d30696ece5eb5d91240"))
                .isFalse();
    }

    @Test
    void readKeysOfEveryKind() throws Exception {
        pem("rsa.pem", "RSA", null);
        pem("p256.pem", "EC", "secp256r1");
        pem("ed.pem", "Ed25519", null);
        Files.writeString(dir.resolve("secret"), "s".repeat(32) + "\n");
        Apps apps = file("""
                {"apps": [{"tag": "", "providers": ["p"], "keys": {"a": "rsa.pem", "b": "p256.pem", "c": "ed.pem"}, "secrets": {"d": "secret"},
                           "jwks": ["https://id.example.test/jwks.json"], "algorithms": ["RS256", "HS256"]}]}""");
        TokenSettings tokens = apps.defaultApp().tokens();
        assertThat(tokens.keys())
                .extracting(TokenKey::algorithm)
                .containsExactlyInAnyOrder(
                        TokenAlgorithm.RS256, TokenAlgorithm.ES256, TokenAlgorithm.EDDSA, TokenAlgorithm.HS256);
        assertThat(Base64.getDecoder().decode(tokens.keys().getLast().material()))
                .hasSize(32);
        assertThat(tokens.algorithms()).containsExactlyInAnyOrder(TokenAlgorithm.RS256, TokenAlgorithm.HS256);
        assertThat(tokens.jwks()).hasSize(1);
        assertThat(tokens.toString())
                .doesNotContain("BEGIN", tokens.keys().getLast().material());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"apps\": {}}",
                "{\"apps\": [], \"more\": 1}",
                "{\"apps\": [1]}",
                "{\"apps\": [{}]}",
                "{\"apps\": [{\"tag\": \"Shop\", \"ids\": [\"x\"]}]}",
                "{\"apps\": [{\"tag\": \"shop\"}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": []}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": \"x\"}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"idz\": 1}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"]}, {\"tag\": \"shop\", \"ids\": [\"y\"]}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"]}, {\"tag\": \"club\", \"ids\": [\"X\"]}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"session_ttl_seconds\": 29}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"algorithms\": [\"none\"]}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"jwks\": [\"file:///etc/passwd\"]}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"jwks\": [\"https://a.test/k\"]}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"keys\": {\"k\": \"no-such-file\"}}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"keys\": {\"k\": \"apps.json\"}}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"secrets\": {\"k\": \"short\"}}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"server_tokens\": [\"short\"]}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"server_tokens\": [\"sha256:beef\"]}]}",
                "{\"apps\": [{\"tag\": \"shop\", \"ids\": [\"x\"], \"suspended\": \"yes\"}]}"
            })
    void stopTheStartWhenTheFileMakesNoSense(String content) throws IOException {
        Files.writeString(dir.resolve("short"), "s".repeat(31));
        assertThatThrownBy(() -> file(content))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("CONTINUO_APPS: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void refuseAWeakKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        write("weak.pem", generator.generateKeyPair().getPublic().getEncoded());
        assertThatThrownBy(() -> apps(Map.of("CONTINUO_IDENTITY_KEYS", "k=" + dir.resolve("weak.pem"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("2048");
    }

    @Test
    void refuseTwoDescriptionsOfTheDefaultApp() throws IOException {
        Path file = Files.writeString(dir.resolve("apps.json"), "{\"apps\": [{\"tag\": \"\"}]}");
        assertThatThrownBy(() -> apps(Map.of("CONTINUO_APPS", file.toString(), "CONTINUO_SESSION_TTL", "60")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("CONTINUO_SESSION_TTL");
    }

    private Apps file(String content) {
        try {
            Path file = Files.writeString(dir.resolve("apps.json"), content);
            return apps(Map.of("CONTINUO_APPS", file.toString()));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Apps apps(Map<String, String> environment) {
        return Settings.of(new HashMap<>(environment)).auth().apps();
    }

    private void pem(String name, String algorithm, @Nullable String curve)
            throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (curve != null) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        write(name, generator.generateKeyPair().getPublic().getEncoded());
    }

    private void write(String name, byte[] der) throws IOException {
        Files.writeString(
                dir.resolve(name),
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n");
    }
}
