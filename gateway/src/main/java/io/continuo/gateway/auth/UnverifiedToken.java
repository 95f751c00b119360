package io.continuo.gateway.auth;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a token says before anybody knows whether it is true: good to find the key that tells. */
record UnverifiedToken(JsonObject header, JsonObject claims) {
    private static final int PARTS = 3;

    /** @throws AuthException when it is no token at all */
    static UnverifiedToken of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            throw AuthFailure.MALFORMED.exception();
        }
        UnverifiedToken read = new UnverifiedToken(json(parts[0]), json(parts[1]));
        // An extension that we do not know and must not ignore (RFC 7515 §4.1.11).
        if (read.header.containsKey("crit")) {
            throw AuthFailure.UNTRUSTED.exception();
        }
        return read;
    }

    @Nullable Object keyId() {
        return header.getValue("kid");
    }

    @Nullable Object algorithm() {
        return header.getValue("alg");
    }

    String issuer() {
        return claims.getValue("iss") instanceof String issuer ? issuer : "";
    }

    List<String> audiences() {
        return audiences(claims.getValue("aud"));
    }

    /** One text, or a list of them (RFC 7519 §4.1.3). */
    static List<String> audiences(@Nullable Object claim) {
        return switch (claim) {
            case null -> List.of();
            case String one -> List.of(one);
            case JsonArray many ->
                many.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            default -> List.of();
        };
    }

    private static JsonObject json(String part) {
        try {
            return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
        } catch (IllegalArgumentException | DecodeException | ClassCastException garbage) {
            throw AuthFailure.MALFORMED.exception();
        }
    }
}
