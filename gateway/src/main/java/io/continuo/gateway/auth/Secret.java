package io.continuo.gateway.auth;

import io.continuo.common.settings.AuthSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret that all nodes share. It signs session tokens itself; everything else is signed with a key of its own
 * that follows from it, so that a signature never serves for two things.
 */
public final class Secret {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    /** @throws IllegalStateException when none is set: whoever starts the gateway has to provide one */
    public static Secret of(AuthSettings settings) {
        return settings.sessionSecret()
                .map(secret -> new Secret(secret.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() ->
                        new IllegalStateException("CONTINUO_SESSION_SECRET must be set, to the same on all nodes."));
    }

    /** A secret that follows from this one and {@code purpose}. */
    public Secret derive(String purpose) {
        return new Secret(sign(purpose));
    }

    /** 32 bytes. */
    public byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether {@code signature} is that of {@code text}; takes the same time for every wrong one. */
    public boolean signed(String text, byte[] signature) {
        return MessageDigest.isEqual(sign(text), signature);
    }

    byte[] bytes() {
        return key.clone();
    }
}
