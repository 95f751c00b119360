package io.continuo.gateway.http;

import io.continuo.gateway.api.ClientOperations;
import io.continuo.gateway.api.Input;
import io.continuo.gateway.api.Operation;
import io.vertx.core.Future;

/** The routes of everything that {@link ClientOperations} lists (protocol/layer.md §13). */
final class OperationRoutes {
    private final Answers answers;
    private final Readers readers;

    OperationRoutes(Answers answers, Readers readers) {
        this.answers = answers;
        this.readers = readers;
    }

    void addTo(Endpoints endpoints) {
        ClientOperations.all()
                .forEach(operation ->
                        endpoints.secured(operation.method(), operation.path(), call -> run(operation, call)));
    }

    private Future<?> run(Operation operation, Call call) {
        Arrivals.name(call.context(), operation);
        Input input = new Input(
                call.user(), readers.of(call.dialect()), call.context().pathParams(), new CallContent(call));
        return answers.ask(call, operation, operation.reading().read(input));
    }
}
