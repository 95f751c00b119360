package io.continuo.gateway.api;

import io.continuo.common.model.LayerId;
import io.continuo.common.model.UserId;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Reads in whose name a backend's message is (protocol/layer.md §14.1): {@code sender_id} since 2.0, {@code sender.user_id} or
 * {@code sender.name} in 1.x. Either is taken in every version.
 */
final class SenderReader {
    private SenderReader() {}

    /** The sender as the inside knows them. */
    static String read(Input input) {
        JsonObject body = input.object();
        String app = UserId.app(input.user());
        Object id = body.getValue("sender_id");
        if (id != null) {
            return UserId.of(app, user("sender_id", id));
        }
        return switch (body.getValue("sender")) {
            case null -> throw BadRequest.missing("sender_id");
            case JsonObject sender -> named(app, sender.getValue("user_id"), sender.getValue("name"));
            default -> throw BadRequest.invalid("sender", "sender must be an object with user_id or name.");
        };
    }

    private static String named(String app, @Nullable Object user, @Nullable Object name) {
        if ((user == null) == (name == null)) {
            throw BadRequest.invalid("sender", "sender must have either user_id or name.");
        }
        return user != null
                ? UserId.of(app, user("sender.user_id", user))
                : UserId.ofName(app, valid("sender.name", name));
    }

    private static String user(String property, Object id) {
        return valid(property, id instanceof String text ? LayerId.userId(text) : null);
    }

    private static String valid(String property, @Nullable Object given) {
        if (given instanceof String text && UserId.isValid(text)) {
            return text;
        }
        throw BadRequest.invalid(property, property + " must be text of 1 to 512 characters.");
    }
}
