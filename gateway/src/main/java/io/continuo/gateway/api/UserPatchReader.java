package io.continuo.gateway.api;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.model.BlockChange;
import io.continuo.common.model.BlockChange.Kind;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Layer Patch operations on a user: {@code blocks} and {@code suspended} (protocol/layer.md §11, §14.1). */
final class UserPatchReader {
    private static final String BLOCKS = "blocks";
    private static final String SUSPENDED = "suspended";

    private UserPatchReader() {}

    static MessagingRequest read(Input input) {
        List<BlockChange> blocks = new ArrayList<>();
        Boolean suspended = null;
        for (Object each : input.patch()) {
            if (!(each instanceof JsonObject operation)) {
                throw new BadRequest(Reply.Failure.of(ErrorCode.INVALID_REQUEST, "Each operation must be an object."));
            }
            Object property = operation.getValue("property");
            if (SUSPENDED.equals(property)) {
                suspended = suspended(operation);
            } else if (BLOCKS.equals(property)) {
                blocks.add(blocks(input, operation));
            } else {
                throw BadRequest.invalid("property", "Only blocks and suspended can be changed.");
            }
        }
        return new UserRequest.ChangeUser(input.user(), blocks, suspended);
    }

    private static boolean suspended(JsonObject operation) {
        if ("set".equals(operation.getValue("operation")) && operation.getValue("value") instanceof Boolean value) {
            return value;
        }
        throw BadRequest.invalid(SUSPENDED, "suspended can be set to true or false.");
    }

    private static BlockChange blocks(Input input, JsonObject operation) {
        Object kind = operation.getValue("operation");
        if ("set".equals(kind)) {
            Object value = operation.getValue("value");
            if (value instanceof JsonArray list) {
                return new BlockChange(Kind.SET, input.users(list, BLOCKS));
            }
            throw BadRequest.invalid(BLOCKS, "blocks can be set to a list of ids.");
        }
        if ("add".equals(kind) || "remove".equals(kind)) {
            return new BlockChange(
                    "add".equals(kind) ? Kind.ADD : Kind.REMOVE, List.of(input.user(who(operation), BLOCKS)));
        }
        throw BadRequest.invalid("operation", "blocks can be added, removed and set.");
    }

    /** By {@code id} or by {@code value}: both are in use. */
    private static @Nullable Object who(JsonObject operation) {
        Object id = operation.getValue("id");
        return id != null ? id : operation.getValue("value");
    }
}
