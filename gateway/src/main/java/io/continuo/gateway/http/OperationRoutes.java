package io.continuo.gateway.http;

import io.continuo.common.settings.LimitSettings;
import io.continuo.gateway.api.ClientOperations;
import io.continuo.gateway.api.Input;
import io.continuo.gateway.api.Operation;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.dialect.RequestReader;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The routes of everything that {@link ClientOperations} lists (protocol/layer.md §13). */
final class OperationRoutes {
    private final Answers answers;
    private final Map<Dialect, RequestReader> readers = new EnumMap<>(Dialect.class);

    OperationRoutes(Answers answers, LimitSettings limits) {
        this.answers = answers;
        for (Dialect dialect : Dialect.values()) {
            readers.put(dialect, new RequestReader(dialect, limits));
        }
    }

    void addTo(Endpoints endpoints) {
        ClientOperations.all()
                .forEach(operation ->
                        endpoints.secured(operation.method(), operation.path(), call -> run(operation, call)));
    }

    private Future<?> run(Operation operation, Call call) {
        RequestReader reader = Objects.requireNonNull(readers.get(call.dialect()));
        Input input = new Input(call.user(), reader, call.context().pathParams(), new CallContent(call));
        return answers.ask(call, operation, operation.reading().read(input));
    }
}
