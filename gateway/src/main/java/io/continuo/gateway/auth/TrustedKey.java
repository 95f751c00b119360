package io.continuo.gateway.auth;

import io.continuo.common.settings.TokenAlgorithm;
import io.continuo.common.settings.TokenKey;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.Base64;
import java.util.List;

/**
 * A key that signs tokens, for one algorithm.
 *
 * @param id what tokens call it, {@code kid}
 * @param jwt knows this key alone
 * @param issuers who may speak with it; empty means anyone
 */
record TrustedKey(String id, TokenAlgorithm algorithm, JWTAuth jwt, List<String> issuers) {
    /** How much another's clock may be ahead of ours. The end of a token is taken strictly, see {@link Claims}. */
    static final int LEEWAY_SECONDS = 30;

    /** A key that an app has registered. */
    static TrustedKey of(Vertx vertx, TokenKey key, List<String> issuers) {
        return key.algorithm() == TokenAlgorithm.HS256
                ? of(
                        vertx,
                        key.id(),
                        key.algorithm(),
                        issuers,
                        Buffer.buffer(Base64.getDecoder().decode(key.material())))
                : of(vertx, key.id(), key.algorithm(), issuers, Buffer.buffer(key.material()));
    }

    /** @param material the public key, or the public and the private one, in PEM; or a shared secret */
    static TrustedKey of(Vertx vertx, String id, TokenAlgorithm algorithm, List<String> issuers, Buffer... material) {
        JWTAuthOptions options = options();
        for (Buffer each : material) {
            options.addPubSecKey(new PubSecKeyOptions()
                    .setId(id)
                    .setAlgorithm(algorithm.wire())
                    .setBuffer(each));
        }
        return new TrustedKey(id, algorithm, JWTAuth.create(vertx, options), issuers);
    }

    /** @param jwk a public key as a JSON Web Key */
    static TrustedKey ofJwk(Vertx vertx, String id, TokenAlgorithm algorithm, List<String> issuers, JsonObject jwk) {
        return new TrustedKey(id, algorithm, JWTAuth.create(vertx, options().addJwk(jwk)), issuers);
    }

    /** Whether it is the one that a token names, and for the very algorithm that the token names. */
    boolean isNamedBy(UnverifiedToken token) {
        return id.equals(token.keyId()) && algorithm.wire().equals(token.algorithm());
    }

    boolean speaksFor(String issuer) {
        return issuers.isEmpty() || issuers.contains(issuer);
    }

    private static JWTAuthOptions options() {
        return new JWTAuthOptions().setJWTOptions(new JWTOptions().setLeeway(LEEWAY_SECONDS));
    }
}
