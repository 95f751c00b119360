package io.continuo.gateway.socket.request;

import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.dialect.RequestReader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** {@code Conversation.create} and {@code Message.create} (protocol/layer.md §7.2, §7.3). */
final class CreateMethods {
    private final ServiceClient services;
    private final RequestReader reader;
    private final Renderer renderer;
    private final String user;

    CreateMethods(ServiceClient services, RequestReader reader, Renderer renderer, String user) {
        this.services = services;
        this.reader = reader;
        this.renderer = renderer;
        this.user = user;
    }

    Future<Answer> conversation(Incoming.Request request) {
        return ask(reader.conversationCreate(user, object(request.data())));
    }

    Future<Answer> message(Incoming.Request request) {
        String conversation = RequestReader.objectId("conversations", request.objectId());
        return ask(reader.messageCreate(user, conversation, object(request.data())));
    }

    private Future<Answer> ask(MessagingRequest request) {
        return services.ask(request)
                .map(reply -> reply instanceof Reply.Failure failure
                        ? new Answer.Failed(failure)
                        : new Answer.Success(renderer.replyText(reply, user)));
    }

    private static @Nullable JsonObject object(@Nullable Object data) {
        return data instanceof JsonObject object ? object : null;
    }
}
