package io.continuo.gateway.api;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.SessionRequest;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of what an app's backend can ask for by REST (protocol/layer.md §14.1); paths start at {@code /apps/:app}. A row
 * whose path starts with {@code /users/:u} is read in the name of that user, any other in the backend's own, see
 * {@link io.continuo.common.model.UserId#backend}. What a user can ask for, the backend can ask for a user by the same row.
 */
public final class ServerOperations {
    /** Where a user's view starts. */
    public static final String USER = "/users/:u";

    private static final int ACCEPTED = 202;
    private static final String CONVERSATIONS = "conversations";
    private static final String MESSAGES = "messages";
    private static final String ALL = "/conversations";
    private static final String ONE = "/conversations/:id";
    private static final String ITS_MESSAGES = "/conversations/:id/messages";
    private static final String ITS_MESSAGE = "/conversations/:id/messages/:mid";

    private static final List<String> FOR_A_USER = List.of(
            "Conversation.list",
            "Conversation.get",
            "Conversation.delete",
            "Conversation.mark_all_read",
            "Message.list",
            "Message.get",
            "Message.delete",
            "Receipt.create",
            "Identity.list",
            "Following.list",
            "Block.list");

    private static final List<String> FOR_ITSELF = List.of(
            "Conversation.get",
            "Conversation.update",
            "Message.list",
            "Message.get",
            "MessagePart.list",
            "MessagePart.create",
            "MessagePart.get",
            "MessagePart.replace",
            "MessagePart.update",
            "MessagePart.delete",
            "Identity.get");

    private static final List<Operation> ROWS = Stream.of(
                    own().stream(),
                    IdentityOperations.serverRows().stream(),
                    AccountOperations.serverRows().stream(),
                    LoginOperations.serverRows().stream(),
                    AnnouncementOperations.serverRows().stream(),
                    FOR_ITSELF.stream().map(name -> client(name, "")),
                    FOR_A_USER.stream().map(name -> client(name, USER)))
            .flatMap(rows -> rows)
            .toList();

    private ServerOperations() {}

    public static List<Operation> all() {
        return ROWS;
    }

    private static List<Operation> own() {
        return List.of(
                create("Conversation.create", ALL, ServerOperations::createConversation),
                change("Conversation.delete", HttpMethod.DELETE, ONE, ServerOperations::deleteConversation),
                create("Message.create", ITS_MESSAGES, ServerOperations::createMessage),
                Operation.read("Server.Conversation.getMessage", ITS_MESSAGE, "", ServerOperations::getMessage),
                change(
                        "Conversation.deleteMessage",
                        HttpMethod.DELETE,
                        ITS_MESSAGE,
                        input -> new MessageRequest.DeleteMessage(input.user(), input.id("mid", MESSAGES))),
                change(
                        "Message.delete",
                        HttpMethod.DELETE,
                        "/messages/:id",
                        input -> new MessageRequest.DeleteMessage(input.user(), input.id(MESSAGES))),
                change(
                        "User.Session.delete",
                        HttpMethod.DELETE,
                        USER + "/sessions",
                        input -> new SessionRequest.RevokeSessions(input.user())),
                change("App.update", HttpMethod.PATCH, "", AppPatchReader::read).answering(ACCEPTED));
    }

    private static MessagingRequest createConversation(Input input) {
        return input.reader().conversationCreate(input.user(), input.object());
    }

    /** For everyone, and without complaint when it is gone. */
    private static MessagingRequest deleteConversation(Input input) {
        return new ConversationRequest.DeleteConversation(input.user(), input.id(CONVERSATIONS));
    }

    private static MessagingRequest createMessage(Input input) {
        String sender = SenderReader.read(input);
        MessageRequest.CreateMessage message =
                input.reader().messageCreate(sender, input.id(CONVERSATIONS), input.object());
        return ScheduleReader.read(input.user(), message, input.object());
    }

    private static MessagingRequest getMessage(Input input) {
        return new MessageRequest.GetMessage(input.user(), input.id("mid", MESSAGES));
    }

    private static Operation create(String name, String path, Operation.Reading reading) {
        return Operation.create("Server." + name, path, "", reading);
    }

    private static Operation change(String name, HttpMethod method, String path, Operation.Reading reading) {
        return Operation.change("Server." + name, method, path, "", reading);
    }

    /** A client's row, in a place of its own. */
    private static Operation client(String name, String prefix) {
        Operation row = ClientOperations.named(name).orElseThrow();
        String place = prefix.isEmpty() ? "Server." : "Server.User.";
        return new Operation(
                place + name,
                row.method(),
                prefix + row.path(),
                ObjectPath.of(""),
                row.changes(),
                row.status(),
                row.reading());
    }
}
