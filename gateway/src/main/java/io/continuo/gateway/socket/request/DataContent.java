package io.continuo.gateway.socket.request;

import io.continuo.gateway.api.Input;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code data} of a request: it is both what REST takes from the query and what it takes from the body. */
record DataContent(@Nullable Object data) implements Input.Content {

    @Override
    public Optional<String> parameter(String name) {
        @Nullable Object value = data instanceof JsonObject object ? object.getValue(name) : null;
        return switch (value) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Boolean flag -> Optional.of(flag.toString());
            case Number number -> Optional.of(number.toString());
            default -> throw BadRequest.invalid(name, name + " must be a single value.");
        };
    }

    @Override
    public JsonObject object() {
        return switch (data) {
            case null -> new JsonObject();
            case JsonObject object -> object;
            default -> throw BadRequest.invalid("data", "data must be an object.");
        };
    }

    @Override
    public JsonArray array() {
        return switch (data) {
            case null -> new JsonArray();
            case JsonArray array -> array;
            default -> throw BadRequest.invalid("data", "data must be a list.");
        };
    }

    @Override
    public JsonArray patch() {
        return array();
    }
}
