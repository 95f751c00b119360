package io.continuo.gateway.socket.request;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.gateway.api.Input;
import io.continuo.gateway.api.Operation;
import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.dialect.RequestReader;
import io.vertx.core.Future;

/** The methods that REST has too (protocol/layer.md §7.2, §7.3). */
final class OperationMethods {
    private final ServiceClient services;
    private final RequestReader reader;
    private final Renderer renderer;
    private final String user;

    OperationMethods(ServiceClient services, RequestReader reader, Renderer renderer, String user) {
        this.services = services;
        this.reader = reader;
        this.renderer = renderer;
        this.user = user;
    }

    Future<Answer> execute(Operation operation, Incoming.Request request) {
        Input input =
                new Input(user, reader, operation.object().match(request.objectId()), new DataContent(request.data()));
        return services.ask(operation.reading().read(input))
                .map(reply -> reply instanceof Reply.Failure failure
                        ? new Answer.Failed(failure)
                        : new Answer.Success(renderer.replyText(reply, user)));
    }
}
