package io.continuo.gateway.auth;

import io.continuo.common.settings.TokenAlgorithm;
import io.continuo.common.settings.TokenSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON Web Key Set (RFC 7517). Keys that are not for signatures, of a kind that an app does not accept, too
 * short or without an id are left out; a shared secret is never taken from there.
 */
final class JsonWebKeys {
    private static final int SHORTEST_MODULUS = 256;

    private JsonWebKeys() {}

    /** @throws RuntimeException when it is no key set */
    static List<TrustedKey> read(Vertx vertx, Buffer body, TokenSettings settings) {
        if (!(new JsonObject(body).getValue("keys") instanceof JsonArray list)) {
            throw new IllegalArgumentException("no keys");
        }
        List<TrustedKey> keys = new ArrayList<>();
        for (Object each : list) {
            if (each instanceof JsonObject jwk) {
                key(vertx, jwk, settings).ifPresent(keys::add);
            }
        }
        return List.copyOf(keys);
    }

    private static Optional<TrustedKey> key(Vertx vertx, JsonObject jwk, TokenSettings settings) {
        String id = text(jwk, "kid");
        TokenAlgorithm algorithm = algorithm(jwk);
        if (id.isEmpty() || algorithm == null || !isForSigning(jwk)) {
            return Optional.empty();
        }
        if (!settings.algorithms().contains(algorithm)) {
            return Optional.empty();
        }
        try {
            JsonObject publicHalf = publicHalf(jwk).put("kid", id).put("alg", algorithm.wire());
            return Optional.of(TrustedKey.ofJwk(vertx, id, algorithm, settings.providers(), publicHalf));
        } catch (RuntimeException unusable) {
            return Optional.empty();
        }
    }

    private static @Nullable TokenAlgorithm algorithm(JsonObject jwk) {
        TokenAlgorithm byKind = switch (text(jwk, "kty") + " " + text(jwk, "crv")) {
            case "RSA " -> isLongEnough(jwk) ? TokenAlgorithm.RS256 : null;
            case "EC P-256" -> TokenAlgorithm.ES256;
            case "OKP Ed25519" -> TokenAlgorithm.EDDSA;
            default -> null;
        };
        String named = text(jwk, "alg");
        boolean fits = byKind != null && (named.isEmpty() || named.equals(byKind.wire()));
        return fits ? byKind : null;
    }

    private static boolean isLongEnough(JsonObject jwk) {
        try {
            byte[] modulus = Base64.getUrlDecoder().decode(text(jwk, "n"));
            int leading = modulus.length > 0 && modulus[0] == 0 ? 1 : 0;
            return modulus.length - leading >= SHORTEST_MODULUS;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isForSigning(JsonObject jwk) {
        String use = text(jwk, "use");
        return use.isEmpty() || use.equals("sig");
    }

    private static JsonObject publicHalf(JsonObject jwk) {
        JsonObject half = new JsonObject();
        for (String name : List.of("kty", "n", "e", "crv", "x", "y")) {
            if (jwk.containsKey(name)) {
                half.put(name, jwk.getValue(name));
            }
        }
        return half;
    }

    private static String text(JsonObject jwk, String name) {
        return jwk.getValue(name) instanceof String text ? text : "";
    }
}
