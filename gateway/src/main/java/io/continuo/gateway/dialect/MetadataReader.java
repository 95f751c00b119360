package io.continuo.gateway.dialect;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads metadata: strings, and objects of the like (protocol/layer.md §2). */
final class MetadataReader {
    private static final int DEEPEST = 32;

    private MetadataReader() {}

    static @Nullable Map<String, Object> read(@Nullable Object given) {
        return switch (given) {
            case null -> null;
            case JsonObject object -> map(object, 1);
            default -> throw invalid();
        };
    }

    /** A value inside metadata. */
    static Object value(@Nullable Object value) {
        return value(value, 1);
    }

    private static Map<String, Object> map(JsonObject object, int depth) {
        if (depth > DEEPEST) {
            throw invalid();
        }
        Map<String, Object> map = HashMap.newHashMap(object.size());
        object.forEach(entry -> map.put(entry.getKey(), value(entry.getValue(), depth)));
        return Map.copyOf(map);
    }

    private static Object value(@Nullable Object value, int depth) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof JsonObject nested) {
            return map(nested, depth + 1);
        }
        throw invalid();
    }

    private static BadRequest invalid() {
        return BadRequest.invalid("metadata", "metadata may only hold strings, and objects that hold strings.");
    }
}
