package io.continuo.gateway.socket.request;

import io.continuo.common.event.Position;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Counter.read} and {@code Event.replay} (protocol/layer.md §6). */
final class RecoveryMethods {
    /** Greater than any sequence, and still what a position may hold. */
    private static final long LAST_SEQ = 999_999_999_999_999L;

    private static final long LATEST_MS = 99_999_999_999_999L;

    private final Caller caller;

    RecoveryMethods(Caller caller) {
        this.caller = caller;
    }

    Future<Answer> readCounter() {
        caller.compareTail();
        return Answer.now(new Answer.Success("{\"counter\":" + caller.counter() + "}"));
    }

    /** Never fails for want of history: clients do worse with a failure than with what there is (§6.2). */
    Future<Answer> replay(Incoming.Request request) {
        if (!(request.data() instanceof JsonObject data)) {
            return Answer.now(Methods.invalid("data", "data must be an object."));
        }
        boolean exact = data.containsKey("from_position");
        String property = exact ? "from_position" : "from_timestamp";
        return given(data, property)
                .flatMap(text -> exact ? Position.parse(text) : before(text))
                .map(position -> caller.replay(position).<Answer>map(new Answer.Success(null)))
                .orElseGet(() -> Answer.now(Methods.invalid(property, property + " is malformed.")));
    }

    /** Timestamps are inclusive: replay starts after everything that is older. */
    private static Optional<Position> before(String timestamp) {
        return Times.parse(timestamp)
                .map(ms -> ms <= 0 ? Position.BEGINNING : new Position(Math.min(ms - 1, LATEST_MS), LAST_SEQ));
    }

    private static Optional<String> given(JsonObject data, String property) {
        @Nullable Object value = data.getValue(property);
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
