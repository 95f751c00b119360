package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.LayerId;
import io.continuo.gateway.api.Input;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Query and body of a call of the Server API. {@code If-None-Match} gives what is created its id, unless the body does, so that a
 * repeated request finds it (protocol/layer.md §7.4, §14.1).
 */
record ServerContent(Call call, CallContent content) implements Input.Content {

    static ServerContent of(Call call) {
        return new ServerContent(call, new CallContent(call));
    }

    @Override
    public Optional<String> parameter(String name) {
        return content.parameter(name);
    }

    @Override
    public JsonObject object() {
        JsonObject body = content.object();
        String header = call.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        if (header != null && !body.containsKey("id")) {
            body.put("id", uuid(header.strip()));
        }
        return body;
    }

    @Override
    public JsonArray array() {
        return content.array();
    }

    @Override
    public JsonArray patch() {
        return content.patch();
    }

    /** Quoted, as HTTP has it, or not. */
    private static String uuid(String header) {
        boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
        return LayerId.uuid("", quoted ? header.substring(1, header.length() - 1) : header)
                .orElseThrow(() -> new BadRequest(
                        Reply.Failure.of(ErrorCode.INVALID_REQUEST_ID, "If-None-Match must be a UUID.")));
    }
}
