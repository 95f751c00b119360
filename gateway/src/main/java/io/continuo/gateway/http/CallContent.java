package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.gateway.api.Input;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** Query and body of an HTTP request. */
record CallContent(Call call) implements Input.Content {
    private static final String LAYER_PATCH = "application/vnd.layer-patch+json";

    @Override
    public Optional<String> parameter(String name) {
        return call.query(name);
    }

    @Override
    public JsonObject object() {
        return call.body();
    }

    @Override
    public JsonArray array() {
        return call.arrayBody();
    }

    /** Nothing but Layer Patch is taken for one (protocol/layer.md §11). */
    @Override
    public JsonArray patch() {
        String type = call.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith(LAYER_PATCH)) {
            throw new BadRequest(Reply.Failure.ofProperty(
                    ErrorCode.INVALID_HEADER, "Content-Type", "Content-Type must be " + LAYER_PATCH + "."));
        }
        return call.arrayBody();
    }
}
