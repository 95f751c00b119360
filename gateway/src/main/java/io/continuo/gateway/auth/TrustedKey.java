package io.continuo.gateway.auth;

import io.vertx.core.Vertx;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.List;

/**
 * A key that signs identity tokens.
 *
 * @param id what tokens call it, {@code kid}
 * @param jwt knows this key alone
 * @param issuers who may speak with it; empty means anyone
 */
record TrustedKey(String id, JWTAuth jwt, List<String> issuers) {
    static final String ALGORITHM = "RS256";

    /** @param pems the public key, or the private and the public one, in PEM */
    static TrustedKey of(Vertx vertx, String id, List<String> issuers, String... pems) {
        JWTAuthOptions options = new JWTAuthOptions();
        for (String pem : pems) {
            options.addPubSecKey(
                    new PubSecKeyOptions().setId(id).setAlgorithm(ALGORITHM).setBuffer(pem));
        }
        return new TrustedKey(id, JWTAuth.create(vertx, options), issuers);
    }

    boolean speaksFor(String issuer) {
        return issuers.isEmpty() || issuers.contains(issuer);
    }
}
