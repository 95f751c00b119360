package io.continuo.gateway.api;

import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** Messages and receipts (protocol/layer.md §13.5). */
final class MessageOperations {
    private static final String TYPE = "messages";
    private static final String OF_CONVERSATION = "/conversations/:id/messages";
    private static final String CONVERSATION = "conversations/:id";
    private static final String ONE = "/messages/:id";
    private static final String OBJECT = "messages/:id";

    private MessageOperations() {}

    static List<Operation> rows() {
        return List.of(
                Operation.read("Message.list", OF_CONVERSATION, CONVERSATION, MessageOperations::list),
                Operation.create("Message.create", OF_CONVERSATION, CONVERSATION, MessageOperations::create),
                Operation.read("Message.get", ONE, OBJECT, MessageOperations::get),
                Operation.change("Message.delete", HttpMethod.DELETE, ONE, OBJECT, MessageOperations::delete),
                Operation.change(
                        "Receipt.create", HttpMethod.POST, "/messages/:id/receipts", OBJECT, MessageOperations::mark));
    }

    private static MessagingRequest list(Input input) {
        return new MessageRequest.ListMessages(
                input.user(), input.id("conversations"), input.pageSize(), input.after(TYPE));
    }

    private static MessagingRequest create(Input input) {
        return input.reader().messageCreate(input.user(), input.id("conversations"), input.object());
    }

    private static MessagingRequest get(Input input) {
        return new MessageRequest.GetMessage(input.user(), input.id(TYPE));
    }

    private static MessagingRequest delete(Input input) {
        String message = input.id(TYPE);
        if (input.parameter("mode").isEmpty() && !input.isTrue("destroy")) {
            return new MessageRequest.DeleteChannelMessage(input.user(), message);
        }
        return input.isForEveryone()
                ? new MessageRequest.DeleteMessage(input.user(), message)
                : new MessageRequest.HideMessage(input.user(), message);
    }

    private static MessagingRequest mark(Input input) {
        return input.reader().receipt(input.user(), input.id(TYPE), input.object());
    }
}
