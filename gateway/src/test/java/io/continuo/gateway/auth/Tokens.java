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
        return rsa(2048);
    }

    static KeyPair rsa(int bits) {
        return pair("RSA", bits);
    }

    /** A P-256 pair for {@code EC}, or one of {@code Ed25519}. */
    static KeyPair pair(String family) {
        return pair(family, family.equals("EC") ? 256 : 255);
    }

    private static KeyPair pair(String family, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
            generator.initialize(bits);
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
        return signature("SHA256withRSA", header, claims, key);
    }

    static String es256(JsonObject header, JsonObject claims, KeyPair key) {
        return signature("SHA256withECDSAinP1363Format", header, claims, key);
    }

    static String eddsa(JsonObject header, JsonObject claims, KeyPair key) {
        return signature("Ed25519", header, claims, key);
    }

    private static String signature(String algorithm, JsonObject header, JsonObject claims, KeyPair key) {
        String signed = signed(header, claims);
        try {
            Signature signature = Signature.getInstance(algorithm);
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

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
