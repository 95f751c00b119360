package io.continuo.gateway.auth;

import io.continuo.common.settings.TokenAlgorithm;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * An identity provider for development: it vouches for anyone. Its key pair follows from the nodes' common secret, so
 * that a token of one node is good on every other.
 */
public final class DevelopmentProvider {
    private static final String ISSUER = "layer:///providers/" + uuid("continuo development provider");
    private static final int KEY_BITS = 2048;
    private static final int TOKEN_SECONDS = 600;

    private final TrustedKey key;

    private DevelopmentProvider(TrustedKey key) {
        this.key = key;
    }

    /** Makes the key pair, which takes a while: not for an event loop. */
    static DevelopmentProvider create(Vertx vertx, Secret secret) {
        KeyPair pair = keyPair(secret.derive("development provider"));
        String publicPem = pem("PUBLIC KEY", pair.getPublic());
        String id = "layer:///keys/" + uuid(publicPem);
        return new DevelopmentProvider(TrustedKey.of(
                vertx,
                id,
                TokenAlgorithm.RS256,
                List.of(ISSUER),
                Buffer.buffer(publicPem),
                Buffer.buffer(pem("PRIVATE KEY", pair.getPrivate()))));
    }

    /**
     * An identity token of {@code userId} for {@code nonce}.
     *
     * @param claims what else it should claim: {@code display_name}, {@code session_ttl_seconds}, …
     */
    public String identityToken(String userId, String nonce, JsonObject claims) {
        JsonObject all = claims.copy().put("iss", ISSUER).put("prn", userId).put("nce", nonce);
        return key.jwt()
                .generateToken(
                        all,
                        new JWTOptions()
                                .setAlgorithm(TokenAlgorithm.RS256.wire())
                                .setExpiresInSeconds(TOKEN_SECONDS)
                                .setHeader(new JsonObject().put("cty", "layer-eit;v=1")));
    }

    TrustedKey key() {
        return key;
    }

    private static KeyPair keyPair(Secret secret) {
        try {
            // Seeded before its first use, this one is determined by the seed.
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(secret.bytes());
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String type, Key key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
