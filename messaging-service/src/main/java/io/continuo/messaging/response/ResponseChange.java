package io.continuo.messaging.response;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a response (protocol/layer.md §15.5).
 *
 * @param adds whether it adds a value, or takes back what {@code id} has added
 * @param name of the state
 * @param value string, number or boolean; null for what takes back
 * @param id of the operation, chosen by the client
 * @param identity whose state an initial state gives; null in a response, which is the responder's own
 */
record ResponseChange(
        boolean adds,
        ResponseType type,
        String name,
        @Nullable Object value,
        String id,
        @Nullable String identity) {

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_VALUE = 2_048;

    /** @throws BadResponse when it is none */
    static ResponseChange of(Object given) {
        if (!(given instanceof Map<?, ?> change)) {
            throw new BadResponse("Each change must be an object.");
        }
        boolean adds = switch (text(change, "operation")) {
            case "add" -> true;
            case "remove" -> false;
            default -> throw new BadResponse("operation must be add or remove.");
        };
        Object value = change.get("value");
        boolean isValue = value instanceof Boolean
                || value instanceof Number
                || (value instanceof String string && string.length() <= LONGEST_VALUE);
        if (adds && !isValue) {
            throw new BadResponse("value must be a string, a number or a boolean.");
        }
        Object identity = change.get("identity_id");
        return new ResponseChange(
                adds,
                ResponseType.of(text(change, "type")),
                text(change, "name"),
                adds ? value : null,
                text(change, "id"),
                identity == null ? null : text(change, "identity_id"));
    }

    private static String text(Map<?, ?> change, String key) {
        if (change.get(key) instanceof String text && !text.isEmpty() && text.length() <= LONGEST_NAME) {
            return text;
        }
        throw new BadResponse(key + " must be a string of 1 to " + LONGEST_NAME + " characters.");
    }
}
