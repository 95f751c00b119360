package io.continuo.gateway.auth;

import io.continuo.common.settings.AuthSettings;
import io.continuo.common.settings.Settings;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens of every kind, signed without the library under test, so that they can be wrong in any way. */
final class Tokens {
    static final String SECRET = "a secret that is just for the tests";

    private Tokens() {}

    static AuthSettings settings(List<String> providers, Map<String, Path> keys, boolean devLogin) {
        return Settings.of(Map.of(
                        "CONTINUO_SESSION_SECRET", SECRET,
                        "CONTINUO_SESSION_TTL", "3600",
                        "CONTINUO_PROVIDERS", String.join(",", providers),
                        "CONTINUO_IDENTITY_KEYS",
                                keys.entrySet().stream().map(Object::toString).collect(Collectors.joining(",")),
                        "CONTINUO_DEV_LOGIN", Boolean.toString(devLogin)))
                .auth();
    }

    static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static String hs256(JsonObject header, JsonObject claims, byte[] key) {
        String signed = signed(header, claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String rs256(JsonObject header, JsonObject claims, KeyPair key) {
        String signed = signed(header, claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String unsigned(JsonObject header, JsonObject claims) {
        return signed(header, claims) + ".";
    }

    private static String signed(JsonObject header, JsonObject claims) {
        return base64(header.encode().getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
