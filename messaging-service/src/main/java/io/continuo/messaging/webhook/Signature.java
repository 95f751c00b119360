package io.continuo.messaging.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** By which a receiver sees that a delivery is ours and whole. */
final class Signature {
    private Signature() {}

    /** Layer's: hexadecimal HMAC-SHA1 of the body (protocol/layer.md §14.2). */
    static String sha1(String secret, byte[] body) {
        return hmac("HmacSHA1", secret, body);
    }

    /** Our own: hexadecimal HMAC-SHA256 of the body. */
    static String sha256(String secret, byte[] body) {
        return hmac("HmacSHA256", secret, body);
    }

    private static String hmac(String algorithm, String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
