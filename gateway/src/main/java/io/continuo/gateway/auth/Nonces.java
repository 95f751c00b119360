package io.continuo.gateway.auth;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Nonces that cost no storage (protocol/layer.md §3.2): each carries its time and our signature, in hex, so that a probe
 * or a 401 leaves nothing behind. Only when one is spent is it written down, by the service, until it is too old anyway.
 */
final class Nonces {
    private static final Duration LIFE = Duration.ofMinutes(10);
    /** How much another node's clock may be ahead. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final HexFormat HEX = HexFormat.of();
    private static final int TIME_LENGTH = 16;
    private static final int RANDOM_BYTES = 8;
    private static final int SIGNED_LENGTH = TIME_LENGTH + 2 * RANDOM_BYTES;
    private static final int LENGTH = SIGNED_LENGTH + 64;

    private final Secret secret;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Nonces(Secret secret, Clock clock) {
        this.secret = secret.derive("nonce");
        this.clock = clock;
    }

    String fresh() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String signed = HEX.toHexDigits(clock.millis()) + HEX.formatHex(bytes);
        return signed + HEX.formatHex(secret.sign(signed));
    }

    boolean isLive(String nonce) {
        if (nonce.length() != LENGTH || !nonce.chars().allMatch(HexFormat::isHexDigit)) {
            return false;
        }
        String signed = nonce.substring(0, SIGNED_LENGTH);
        long age = clock.millis() - HexFormat.fromHexDigitsToLong(nonce, 0, TIME_LENGTH);
        return secret.signed(signed, HEX.parseHex(nonce, SIGNED_LENGTH, LENGTH))
                && age < LIFE.toMillis()
                && age >= -SKEW.toMillis();
    }
}
