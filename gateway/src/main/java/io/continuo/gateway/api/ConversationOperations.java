package io.continuo.gateway.api;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ConversationRequest.SortBy;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** Conversations (protocol/layer.md §13.4). */
final class ConversationOperations {
    private static final String TYPE = "conversations";
    private static final String ALL = "/conversations";
    private static final String ONE = "/conversations/:id";
    private static final String OBJECT = "conversations/:id";

    private static final int ACCEPTED = 202;

    private ConversationOperations() {}

    static List<Operation> rows() {
        return List.of(
                Operation.read("Conversation.list", ALL, "", ConversationOperations::list),
                Operation.create("Conversation.create", ALL, "", ConversationOperations::create),
                Operation.read("Conversation.get", ONE, OBJECT, ConversationOperations::get),
                Operation.change("Conversation.update", HttpMethod.PATCH, ONE, OBJECT, ConversationOperations::update),
                Operation.change("Conversation.delete", HttpMethod.DELETE, ONE, OBJECT, ConversationOperations::delete),
                Operation.change(
                                "Conversation.mark_all_read",
                                HttpMethod.POST,
                                "/conversations/:id/mark_all_read",
                                OBJECT,
                                ConversationOperations::markAllRead)
                        .answering(ACCEPTED));
    }

    private static MessagingRequest list(Input input) {
        return new ConversationRequest.ListConversations(
                input.user(), sortBy(input), input.pageSize(), input.after(TYPE));
    }

    private static MessagingRequest create(Input input) {
        return input.reader().conversationCreate(input.user(), input.object());
    }

    private static MessagingRequest get(Input input) {
        return new ConversationRequest.GetConversation(input.user(), input.id(TYPE));
    }

    private static MessagingRequest update(Input input) {
        return input.reader().conversationChange(input.user(), input.id(TYPE), input.patch());
    }

    /** For everyone, by leaving, or for oneself; {@code destroy=true} is how 1.0 says for everyone. */
    private static MessagingRequest delete(Input input) {
        String conversation = input.id(TYPE);
        if (input.isForEveryone()) {
            return new ConversationRequest.DeleteConversation(input.user(), conversation);
        }
        if (input.isTrue("leave")) {
            return new ConversationRequest.LeaveConversation(input.user(), conversation);
        }
        return new ConversationRequest.CutConversation(input.user(), conversation);
    }

    private static MessagingRequest markAllRead(Input input) {
        return input.reader().markAllRead(input.user(), input.id(TYPE), input.object());
    }

    private static SortBy sortBy(Input input) {
        return switch (input.parameter("sort_by").orElse("created_at")) {
            case "created_at" -> SortBy.CREATED_AT;
            case "last_message" -> SortBy.LAST_MESSAGE;
            default -> throw BadRequest.invalid("sort_by", "sort_by must be created_at or last_message.");
        };
    }
}
