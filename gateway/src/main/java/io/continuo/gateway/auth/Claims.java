package io.continuo.gateway.auth;

import io.continuo.common.model.UserId;
import io.vertx.ext.auth.User;
import java.time.Clock;
import java.util.List;
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

    /** {@code exp}, which has to be there and in the future: the library lets pass a token without, or just expired. */
    long end(Clock clock) {
        long end = seconds("exp");
        if (end <= clock.instant().getEpochSecond()) {
            throw AuthFailure.EXPIRED.exception();
        }
        return end;
    }

    /** A claim that has to be a user's id on the wire. */
    String userId(String name) {
        String given = text(name);
        if (!UserId.isValid(given)) {
            throw AuthFailure.MALFORMED.exception();
        }
        return given;
    }

    List<String> audiences() {
        return UnverifiedToken.audiences(value("aud"));
    }

    @Nullable Object value(String name) {
        Object value = user.principal().getValue(name);
        // The library moves the times out of the principal.
        return value == null ? user.attributes().getValue(name) : value;
    }
}
