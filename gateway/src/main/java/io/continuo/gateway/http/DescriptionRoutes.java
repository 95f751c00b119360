package io.continuo.gateway.http;

import io.continuo.gateway.api.ApiDescription;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** The description of the API, for whoever wants to generate a client. Belongs to one event loop. */
final class DescriptionRoutes {
    private final Vertx vertx;
    private @Nullable Future<ApiDescription> description;

    DescriptionRoutes(Vertx vertx) {
        this.vertx = vertx;
    }

    void addTo(Endpoints endpoints) {
        endpoints.open(HttpMethod.GET, "/openapi.json", this::describe);
    }

    private Future<?> describe(Call call) {
        return description()
                .compose(read -> call.json(200, read.at(call.links().root()).encode()));
    }

    private Future<ApiDescription> description() {
        Future<ApiDescription> read = description;
        if (read == null) {
            read = vertx.executeBlocking(ApiDescription::load);
            description = read;
        }
        return read;
    }
}
