package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.UserId;
import io.continuo.gateway.api.Input;
import io.continuo.gateway.api.Operation;
import io.continuo.gateway.api.ServerOperations;
import io.continuo.gateway.api.WebhookOperations;
import io.continuo.gateway.dialect.BadRequest;
import io.continuo.gateway.dialect.RequestReader;
import io.vertx.core.Future;

/**
 * The routes of the Server API: everything that {@link ServerOperations} and {@link WebhookOperations} list
 * (protocol/layer.md §14).
 */
final class ServerRoutes {
    private static final Reply.Failure NOT_THERE = Reply.Failure.of(ErrorCode.NOT_FOUND, "There is no such message.");

    private final Answers answers;
    private final ServiceClient services;
    private final Readers readers;

    ServerRoutes(Answers answers, ServiceClient services, Readers readers) {
        this.answers = answers;
        this.services = services;
        this.readers = readers;
    }

    void addTo(Endpoints endpoints) {
        ServerOperations.all()
                .forEach(operation ->
                        endpoints.backend(operation.method(), operation.path(), call -> run(operation, call)));
        WebhookOperations.all()
                .forEach(operation ->
                        endpoints.webhooks(operation.method(), operation.path(), call -> run(operation, call)));
    }

    private Future<?> run(Operation operation, Call backend) {
        Arrivals.name(backend.context(), operation);
        Call call = operation.path().startsWith(ServerOperations.USER) ? backend.as(user(backend)) : backend;
        Input input = new Input(
                call.user(), readers.of(call.dialect()), call.context().pathParams(), ServerContent.of(call));
        MessagingRequest request = operation.reading().read(input);
        return operation.path().contains(":mid")
                ? isThere(call).compose(there -> there ? answers.ask(call, operation, request) : call.fail(NOT_THERE))
                : answers.ask(call, operation, request);
    }

    /** Whether the message in the path is one of the conversation's. */
    private Future<Boolean> isThere(Call call) {
        String conversation = RequestReader.objectId("conversations", call.path("id"));
        String message = RequestReader.objectId("messages", call.path("mid"));
        return services.ask(new MessageRequest.GetMessage(call.user(), message)).map(reply -> switch (reply) {
            case Reply.MessageFound found -> found.message().conversationId().equals(conversation);
            case Reply.Failure failure -> throw new Declined(failure);
            default -> throw new IllegalStateException("Not a message: " + reply);
        });
    }

    /** In whose name the backend asks. */
    private static String user(Call backend) {
        String given = LayerId.userId(backend.path("u"));
        if (!UserId.isValid(given)) {
            throw new BadRequest(Reply.Failure.of(ErrorCode.NOT_FOUND, "There is no such user."));
        }
        return UserId.of(UserId.app(backend.user()), given);
    }
}
