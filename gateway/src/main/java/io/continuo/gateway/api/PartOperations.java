package io.continuo.gateway.api;

import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.model.PartEdit;
import io.continuo.gateway.dialect.RequestReader;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** Parts of messages that were sent (protocol/layer.md §14.1), for their senders. */
final class PartOperations {
    private static final String TYPE = "messages";
    private static final String ALL = "/messages/:id/parts";
    private static final String MESSAGE = "messages/:id";
    private static final String ONE = "/messages/:id/parts/:part";
    private static final String OBJECT = "messages/:id/parts/:part";
    private static final int OK = 200;

    private PartOperations() {}

    static List<Operation> rows() {
        return List.of(
                Operation.read("MessagePart.list", ALL, MESSAGE, PartOperations::list),
                Operation.create("MessagePart.create", ALL, MESSAGE, PartOperations::create),
                Operation.read("MessagePart.get", ONE, OBJECT, PartOperations::get),
                Operation.change("MessagePart.replace", HttpMethod.PUT, ONE, OBJECT, PartOperations::replace)
                        .answering(OK),
                Operation.change("MessagePart.update", HttpMethod.PATCH, ONE, OBJECT, PartOperations::update),
                Operation.change("MessagePart.delete", HttpMethod.DELETE, ONE, OBJECT, PartOperations::delete));
    }

    private static MessagingRequest list(Input input) {
        return new MessageRequest.ListParts(input.user(), input.id(TYPE));
    }

    private static MessagingRequest create(Input input) {
        return input.reader().partAdd(input.user(), input.id(TYPE), input.object());
    }

    private static MessagingRequest get(Input input) {
        return new MessageRequest.GetPart(input.user(), input.id(TYPE), part(input));
    }

    private static MessagingRequest replace(Input input) {
        return input.reader().partReplace(input.user(), input.id(TYPE), part(input), input.object());
    }

    private static MessagingRequest update(Input input) {
        return input.reader().partPatch(input.user(), input.id(TYPE), part(input), input.patch());
    }

    private static MessagingRequest delete(Input input) {
        return new MessageRequest.ChangePart(input.user(), input.id(TYPE), new PartEdit.Remove(part(input)));
    }

    private static String part(Input input) {
        return RequestReader.partName(input.name("part"));
    }
}
