package io.continuo.gateway.atmosphere.wire;

import io.continuo.gateway.auth.Secret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Tracking ids that nobody can guess: whoever has one gets what its client has missed. They are signed, so that every node
 * tells one that was forgotten from one that is not ours (protocol/atmosphere.md §2.4).
 */
public final class TrackingIds {
    private static final int BYTES = 16;
    private static final int LENGTH = 22;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Secret secret;
    private final SecureRandom random = new SecureRandom();

    public TrackingIds(Secret secret) {
        this.secret = secret.derive("tracking id");
    }

    /** A fresh one, of characters that need no escaping in a URL. */
    public String mint() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String name = ENCODER.encodeToString(bytes);
        return name + '.' + signature(name);
    }

    public boolean isOurs(String id) {
        if (id.length() != 2 * LENGTH + 1 || id.charAt(LENGTH) != '.') {
            return false;
        }
        String expected = signature(id.substring(0, LENGTH));
        int difference = 0;
        for (int i = 0; i < LENGTH; i++) {
            difference |= expected.charAt(i) ^ id.charAt(LENGTH + 1 + i);
        }
        return difference == 0;
    }

    private String signature(String name) {
        return ENCODER.encodeToString(Arrays.copyOf(secret.sign(name), BYTES));
    }
}
