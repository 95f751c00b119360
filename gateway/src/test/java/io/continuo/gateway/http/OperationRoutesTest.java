package io.continuo.gateway.http;

import static io.continuo.gateway.http.Edge.json;
import static io.continuo.gateway.http.Edge.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.event.Position;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.Identity;
import io.continuo.common.model.Message;
import io.continuo.common.model.Part;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationRoutesTest {
    private static final String C = "2f4a9c1e-7d35-4b0a-8e66-91c0d2b7a310";
    private static final String M = "c81f6e52-3b9d-4d7a-a4e0-0f7e5c2d9b18";
    private static final Position HERE = new Position(1_700_000_000_000L, 7);
    private static final ConversationView CONVERSATION =
            ConversationView.fresh(new Conversation(C, 0, List.of(Person.of("ines")), false, null));
    private static final Message MESSAGE = new Message(
            M,
            C,
            4096,
            Person.of("ines"),
            0,
            List.of(new Part(M, "text/plain", "hi", null, null, 2)),
            Map.of("ines", ReceiptStatus.READ));

    private final Edge edge;

    OperationRoutesTest(@TempDir Path directory) {
        edge = Edge.start(directory);
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void createAConversation() {
        edge.service = request -> new Reply.ConversationFound(CONVERSATION, true, HERE);
        HttpResponse<String> response =
                edge.post(edge.as("ines", "/conversations"), "{'id': '" + C + "', 'participants': ['omar']}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Continuo-Position")).contains("1700000000000-7");
        assertThat(response.headers().firstValue("Location")).contains(edge.base() + "/conversations/" + C);
        assertThat(json(response).getString("url")).isEqualTo(edge.base() + "/conversations/" + C);
        assertThat(edge.asked)
                .containsExactly(new ConversationRequest.CreateConversation("ines", C, List.of("omar"), false, null));
    }

    @Test
    void follow() {
        edge.service = request -> Reply.Done.INSTANCE;
        assertThat(edge.send(edge.as("ines", "/following/users/omar.k%40x").PUT(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(204);
        assertThat(edge.send(edge.as("ines", "/following/omar").DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(edge.post(edge.as("ines", "/following/users"), "['omar', 'layer:///identities/zoe%20k']")
                        .statusCode())
                .isEqualTo(202);
        assertThat(edge.asked)
                .containsExactly(
                        new UserRequest.Follow("ines", List.of("omar.k@x")),
                        new UserRequest.Unfollow("ines", "omar"),
                        new UserRequest.Follow("ines", List.of("omar", "zoe k")));
    }

    @Test
    void listWhomOneFollows() {
        edge.service = request -> new Reply.UserPage(List.of("omar.k"), 7, HERE);
        HttpResponse<String> response =
                edge.send(edge.as("ines", "/following?page_size=2&from_id=layer:///identities/zoe")
                        .GET());
        assertThat(response.headers().firstValue("Layer-Count")).contains("7");
        assertThat(response.body()).isEqualTo("[\"layer:///identities/omar.k\"]");
        assertThat(edge.asked).containsExactly(new UserRequest.ListFollowing("ines", 2, "zoe"));
    }

    @Test
    void findADistinctConversation() {
        edge.service = request -> new Reply.ConversationFound(CONVERSATION, false, HERE);
        HttpResponse<String> response =
                edge.post(edge.as("ines", "/conversations/"), "{'participants': ['omar'], 'distinct': true}");
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void tellWhichConversationIsInTheWay() {
        Reply existing = new Reply.ConversationFound(CONVERSATION, false, HERE);
        edge.service = request -> request instanceof SessionRequest.CheckSession
                ? Reply.Done.INSTANCE
                : new Reply.Failure(ErrorCode.CONFLICT, "Other metadata.", null, existing);
        HttpResponse<String> response = edge.post(edge.as("ines", "/conversations"), "{'participants': ['omar']}");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(json(response).getString("id")).isEqualTo("conflict");
        assertThat(json(response).getJsonObject("data").getString("id")).isEqualTo("layer:///conversations/" + C);
    }

    @Test
    void listConversations() {
        edge.service = request -> new Reply.ConversationPage(List.of(CONVERSATION), 12, HERE);
        HttpResponse<String> response = edge.send(edge.as(
                "ines", "/conversations/?sort_by=last_message&page_size=5&from_id=layer:///conversations/" + C));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(list(response)).hasSize(1);
        assertThat(response.headers().firstValue("Layer-Count")).contains("12");
        assertThat(response.headers().firstValue("Continuo-Position")).contains("1700000000000-7");
        assertThat(edge.asked)
                .containsExactly(new ConversationRequest.ListConversations(
                        "ines", ConversationRequest.SortBy.LAST_MESSAGE, 5, C));
    }

    @Test
    void markAllRead() {
        edge.service = request -> Reply.Done.INSTANCE;
        String path = "/conversations/" + C + "/mark_all_read";
        for (String body : List.of("{'position': 40960}", "{'position': null}", "{}")) {
            assertThat(edge.post(edge.as("ines", path), body).statusCode()).isEqualTo(202);
        }
        assertThat(edge.send(edge.as("ines", path).POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(202);
        assertThat(edge.asked)
                .containsExactly(
                        new ConversationRequest.MarkAllRead("ines", C, 40_960L),
                        new ConversationRequest.MarkAllRead("ines", C, null),
                        new ConversationRequest.MarkAllRead("ines", C, null),
                        new ConversationRequest.MarkAllRead("ines", C, null));
        assertThat(json(edge.post(edge.as("ines", path), "{'position': 'all'}")).getString("id"))
                .isEqualTo("invalid_property");
    }

    @Test
    void listConversationsByDefault() {
        edge.service = request -> new Reply.ConversationPage(List.of(), 0, HERE);
        edge.send(edge.as("ines", "/conversations?page_size=500"));
        assertThat(edge.asked)
                .containsExactly(new ConversationRequest.ListConversations(
                        "ines", ConversationRequest.SortBy.CREATED_AT, 100, null));
    }

    @Test
    void getAConversation() {
        edge.service = request -> new Reply.ConversationFound(CONVERSATION, false, HERE);
        HttpResponse<String> response = edge.send(edge.as("ines", "/conversations/" + C));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(edge.asked).containsExactly(new ConversationRequest.GetConversation("ines", C));
    }

    @Test
    void sendAMessage() {
        edge.service = request -> new Reply.MessageFound(MESSAGE, HERE);
        HttpResponse<String> response = edge.post(
                edge.as("ines", "/conversations/" + C + "/messages"),
                "{'id': '" + M + "', 'parts': [{'mime_type': 'text/plain', 'body': 'hi'}]}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(json(response).getString("id")).isEqualTo("layer:///messages/" + M);
        assertThat(edge.asked.getFirst())
                .isInstanceOfSatisfying(
                        MessageRequest.CreateMessage.class,
                        create -> assertThat(create.messageId()).isEqualTo(M));
    }

    @Test
    void listMessages() {
        edge.service = request -> new Reply.MessagePage(List.of(MESSAGE), 1, HERE);
        HttpResponse<String> response = edge.send(edge.as("ines", "/conversations/" + C + "/messages?from_id=" + M));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(list(response).getJsonObject(0).getString("id")).isEqualTo("layer:///messages/" + M);
        assertThat(response.headers().firstValue("Layer-Count")).contains("1");
        assertThat(response.headers().firstValue("Layer-Conversation-Is-Syncing"))
                .contains("false");
        assertThat(edge.asked).containsExactly(new MessageRequest.ListMessages("ines", C, 100, M));
    }

    @Test
    void getAMessageInTheVersionAsked() {
        edge.service = request -> new Reply.MessageFound(MESSAGE, HERE);
        HttpResponse<String> response = edge.send(edge.bare("/messages/" + M)
                .header("Authorization", "Bearer " + edge.token("ines"))
                .header("Accept", "Application/VND.Layer+JSON;VERSION=1.0"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).getJsonObject("sender").getString("user_id")).isEqualTo("ines");
        assertThat(json(response).getJsonObject("sender").containsKey("id")).isFalse();
    }

    @Test
    void takeReceipts() {
        HttpResponse<String> response =
                edge.post(edge.as("omar", "/messages/" + M + "/receipts"), "{'type': 'delivery'}");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(edge.asked).containsExactly(new MessageRequest.MarkMessage("omar", M, ReceiptStatus.DELIVERED));
    }

    @Test
    void getAnIdentityByItsEncodedUserId() {
        edge.service = request -> new Reply.IdentityFound(Identity.of("zoë/a b"), HERE);
        HttpResponse<String> response = edge.send(edge.as("ines", "/identities/zo%C3%AB%2Fa%20b"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).getString("id")).isEqualTo("layer:///identities/zo%C3%AB%2Fa%20b");
        assertThat(edge.asked).containsExactly(new UserRequest.GetIdentity("zoë/a b"));
    }

    @ParameterizedTest
    @CsvSource({
        "/conversations/not-a-uuid, 404, not_found",
        "/conversations/not-a-uuid/messages, 404, not_found",
        "/messages/7, 404, not_found",
        "/conversations?page_size=0, 422, invalid_property",
        "/conversations?page_size=-1, 422, invalid_property",
        "/conversations?page_size=x, 422, invalid_property",
        "/conversations?sort_by=name, 422, invalid_property",
        "/conversations?from_id=x, 404, not_found",
        "/nowhere, 404, invalid_endpoint",
        "/conversations/a/b/c, 404, invalid_endpoint"
    })
    void refuseWhatMakesNoSense(String path, int status, String id) {
        HttpResponse<String> response = edge.send(edge.as("ines", path));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(response).getString("id")).isEqualTo(id);
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {          | 400 | invalid_request
            []         | 400 | invalid_request
            "text"     | 400 | invalid_request
            {}         | 422 | missing_property
            """)
    void refuseAMalformedBody(String body, int status, String id) {
        HttpResponse<String> response = edge.post(edge.as("ines", "/conversations"), body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).getString("id")).isEqualTo(id);
    }

    @Test
    void refuseABodyThatIsTooLarge() {
        HttpResponse<String> response =
                edge.post(edge.as("ines", "/conversations"), "{'x': '" + "x".repeat(70_000) + "'}");
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response).getString("id")).isEqualTo("invalid_request");
    }

    @Test
    void tellWhichMethodsAreAllowed() {
        HttpResponse<String> response =
                edge.send(edge.as("ines", "/conversations").DELETE());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, POST");
        assertThat(json(response).getString("id")).isEqualTo("method_not_allowed");
    }

    @Test
    void changeAConversationByLayerPatch() {
        HttpResponse<String> response = edge.send(patch("[{'operation':'set','property':'metadata.a','value':'x'}]"));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(edge.asked)
                .containsExactly(new ConversationRequest.ChangeConversation(
                        "ines", C, List.of(new ConversationChange.SetMetadata(List.of("a"), "x"))));
    }

    @Test
    void honourAnOverriddenMethod() {
        HttpResponse<String> response = edge.send(
                patch("[]").header("X-HTTP-Method-Override", "PATCH").method("POST", BodyPublishers.ofString("[]")));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(edge.asked).containsExactly(new ConversationRequest.ChangeConversation("ines", C, List.of()));
    }

    @Test
    void takeNothingButLayerPatchForAChange() {
        HttpResponse<String> response = edge.send(edge.as("ines", "/conversations/" + C)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("[]")));
        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(json(response).getJsonObject("data").getString("header")).isEqualTo("Content-Type");
    }

    @ParameterizedTest
    @CsvSource({
        "/conversations/<C>?destroy=true, 204, DeleteConversation",
        "/conversations/<C>?mode=all_participants, 204, DeleteConversation",
        "/conversations/<C>?mode=my_devices&leave=true, 204, LeaveConversation",
        "/conversations/<C>?mode=my_devices, 204, CutConversation",
        "/conversations/<C>?mode=my_devices&leave=false, 204, CutConversation",
        "/conversations/<C>?mode=nobody, 422, ",
        "/conversations/<C>, 422, ",
        "/messages/<C>?destroy=true, 204, DeleteMessage",
        "/messages/<C>?mode=all_participants, 204, DeleteMessage",
        "/messages/<C>?mode=my_devices, 204, HideMessage",
    })
    void deleteForWhomTheModeSays(String path, int status, @Nullable String asked) {
        HttpResponse<String> response =
                edge.send(edge.as("ines", path.replace("<C>", C)).DELETE());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(edge.asked.stream()
                        .map(request -> request.getClass().getSimpleName())
                        .toList())
                .isEqualTo(asked == null ? List.of() : List.of(asked));
    }

    private HttpRequest.Builder patch(String operations) {
        return edge.as("ines", "/conversations/" + C)
                .header("Content-Type", "application/vnd.layer-patch+json")
                .method("PATCH", BodyPublishers.ofString(operations.replace('\'', '"')));
    }

    @Test
    void passOnTheServicesTrouble() {
        edge.service = request -> request instanceof SessionRequest.CheckSession
                ? Reply.Done.INSTANCE
                : Edge.refuse(ErrorCode.SERVICE_UNAVAILABLE);
        HttpResponse<String> down = edge.send(edge.as("ines", "/conversations"));
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(down).getInteger("code")).isEqualTo(1);

        edge.service = request -> request instanceof SessionRequest.CheckSession
                ? Reply.Done.INSTANCE
                : Edge.refuse(ErrorCode.RATE_LIMIT_EXCEEDED);
        HttpResponse<String> limited = edge.send(edge.as("ines", "/conversations"));
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.body()).isEmpty();
    }

    @Test
    void hideWhatWeDidNotForesee() {
        edge.service = request ->
                request instanceof SessionRequest.CheckSession ? Reply.Done.INSTANCE : new Reply.Tails(List.of(), 0);
        HttpResponse<String> response = edge.send(edge.as("ines", "/conversations"));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response).getString("id")).isEqualTo("internal_server_error");
    }
}
