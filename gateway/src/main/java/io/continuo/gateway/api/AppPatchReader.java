package io.continuo.gateway.api;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.model.UserId;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Reads Layer Patch operations on an app: how long sessions live, {@code session_ttl_in_seconds} (protocol/layer.md §14.1). */
final class AppPatchReader {
    private static final String TTL = "session_ttl_in_seconds";
    private static final int SHORTEST = 30;
    private static final int LONGEST = 31_536_000;

    private AppPatchReader() {}

    static MessagingRequest read(Input input) {
        JsonArray patch = input.patch();
        if (patch.size() != 1 || !(patch.getValue(0) instanceof JsonObject operation)) {
            throw BadRequest.of(ErrorCode.INVALID_REQUEST, "One operation is needed, and no more.");
        }
        if (!TTL.equals(operation.getValue("property")) || !"set".equals(operation.getValue("operation"))) {
            throw BadRequest.invalid("property", "Only " + TTL + " can be set.");
        }
        if (operation.getValue("value") instanceof Integer seconds && seconds >= SHORTEST && seconds <= LONGEST) {
            return new SessionRequest.SetSessionTtl(UserId.app(input.user()), seconds);
        }
        throw BadRequest.invalid(TTL, TTL + " must be a whole number from " + SHORTEST + " to " + LONGEST + ".");
    }
}
