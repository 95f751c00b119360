package io.continuo.gateway.socket.request;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads the times of the wire. */
final class Times {
    private Times() {}

    /** Milliseconds since the epoch, of ISO-8601 with {@code Z} or an offset (protocol/layer.md §2). */
    static Optional<Long> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException malformed) {
            return Optional.empty();
        }
    }
}
