package io.continuo.common.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an app's backend shows to be let in (protocol/layer.md §14.1). Only its digest is kept, so nothing that is printed
 * or dumped helps anybody.
 */
public final class ServerToken {
    private static final String HASHED = "sha256:";
    private static final int DIGEST_BYTES = 32;
    private static final int SHORTEST = 16;

    private final byte[] digest;

    private ServerToken(byte[] digest) {
        this.digest = digest;
    }

    /** @param given the token, at least 16 characters, or {@code sha256:} and the digest of its UTF-8 in hex */
    static ServerToken of(String setting, String given) {
        if (given.startsWith(HASHED)) {
            String hex = given.substring(HASHED.length());
            if (hex.length() != 2 * DIGEST_BYTES || !hex.chars().allMatch(HexFormat::isHexDigit)) {
                throw new SettingsException(setting + ": " + HASHED + " must be followed by 64 hexadecimal digits.");
            }
            return new ServerToken(HexFormat.of().parseHex(hex));
        }
        if (given.length() < SHORTEST || !given.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new SettingsException(
                    setting + ": a server token has at least " + SHORTEST + " characters of ASCII and no blanks.");
        }
        return new ServerToken(digest(given));
    }

    /** Whether {@code token} is this one; takes the same time for every other one. */
    public boolean matches(String token) {
        return MessageDigest.isEqual(digest, digest(token));
    }

    @Override
    public String toString() {
        return "ServerToken";
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
