package io.continuo.gateway.auth;

import io.vertx.ext.auth.User;
import org.jspecify.annotations.Nullable;

/** The claims of a token whose signature is good. What a token needs and lacks makes it malformed. */
record Claims(User user) {

    String text(String name) {
        if (value(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw AuthFailure.MALFORMED.exception();
    }

    /** Empty when the claim is absent or no text. */
    String textOrEmpty(String name) {
        return value(name) instanceof String text ? text : "";
    }

    long seconds(String name) {
        if (value(name) instanceof Number seconds) {
            return seconds.longValue();
        }
        throw AuthFailure.MALFORMED.exception();
    }

    @Nullable Object value(String name) {
        Object value = user.principal().getValue(name);
        // The library moves the times out of the principal.
        return value == null ? user.attributes().getValue(name) : value;
    }
}
