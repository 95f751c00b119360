package io.continuo.common.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key that an app signs its tokens with. {@link #toString} hides it.
 *
 * @param id what tokens call it, {@code kid}
 * @param algorithm the only one that it is good for
 * @param material a public key in PEM; for {@link TokenAlgorithm#HS256} the secret in base64
 */
public record TokenKey(String id, TokenAlgorithm algorithm, String material) {
    private static final int SHORTEST_SECRET = 32;
    private static final int SHORTEST_RSA = 2_048;
    private static final int P256 = 256;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    /** A public key or a certificate in PEM; RSA is for RS256, a P-256 curve for ES256, Ed25519 for EdDSA. */
    static TokenKey ofPem(String setting, String id, Path file) {
        byte[] content = read(setting, file);
        Matcher pem = PEM.matcher(new String(content, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new SettingsException(setting + ": " + file + " holds no public key in PEM.");
        }
        PublicKey key = key(pem.group(1), pem.group(2));
        if (key == null) {
            throw new SettingsException(setting + ": " + file
                    + " must hold an RSA key of at least 2048 bits, a P-256 key or an Ed25519 key.");
        }
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        String material = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
        return new TokenKey(id, algorithm(key), material);
    }

    /** A secret of at least 32 bytes; a line end after it is not part of it. */
    static TokenKey ofSecret(String setting, String id, Path file) {
        byte[] secret = withoutLineEnd(read(setting, file));
        if (secret.length < SHORTEST_SECRET) {
            throw new SettingsException(
                    setting + ": the secret in " + file + " must have at least " + SHORTEST_SECRET + " bytes.");
        }
        return new TokenKey(id, TokenAlgorithm.HS256, Base64.getEncoder().encodeToString(secret));
    }

    @Override
    public String toString() {
        return "TokenKey[" + id + ", " + algorithm + "]";
    }

    private static byte[] read(String setting, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new SettingsException(setting + ": cannot read " + file + ".");
        }
    }

    private static byte[] withoutLineEnd(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static @Nullable PublicKey key(String type, String body) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(body);
            PublicKey key = type.equals("CERTIFICATE") ? certified(der) : bare(der);
            return key != null && isStrong(key) ? key : null;
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return null;
        }
    }

    private static PublicKey certified(byte[] der) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der))
                .getPublicKey();
    }

    private static @Nullable PublicKey bare(byte[] der) throws GeneralSecurityException {
        for (String family : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(der));
            } catch (InvalidKeySpecException another) {
                // then it is of another family
            }
        }
        return null;
    }

    private static boolean isStrong(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= SHORTEST_RSA;
            case ECPublicKey curve -> curve.getParams().getOrder().bitLength() == P256;
            case EdECPublicKey edwards -> edwards.getParams().getName().equals("Ed25519");
            default -> false;
        };
    }

    private static TokenAlgorithm algorithm(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> TokenAlgorithm.RS256;
            case ECPublicKey curve -> TokenAlgorithm.ES256;
            default -> TokenAlgorithm.EDDSA;
        };
    }
}
