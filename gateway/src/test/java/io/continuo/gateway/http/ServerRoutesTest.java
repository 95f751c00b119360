package io.continuo.gateway.http;

import static io.continuo.gateway.http.Edge.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.event.Position;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Part;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerRoutesTest {
    private static final String SHOP = "6b1d0c3e-0a4f-4a1b-9b61-5d8f0b1a77c2";
    private static final String CLUB = "b70fd2c0-9d4c-4a42-8f2a-2a6b1f3f0c11";
    private static final String C = "2f4a9c1e-7d35-4b0a-8e66-91c0d2b7a310";
    private static final String M = "c81f6e52-3b9d-4d7a-a4e0-0f7e5c2d9b18";
    private static final Position HERE = new Position(1_700_000_000_000L, 7);
    private static final String INES = UserId.of("shop", "ines");
    private static final ConversationView CONVERSATION =
            new ConversationView(new Conversation(C, 0, List.of(Person.of("ines")), false, null), 0, 3, null);
    private static final Message MESSAGE = new Message(
            M,
            C,
            4096,
            Person.of("ines"),
            0,
            List.of(new Part(M, "text/plain", "hi", null, null, 2)),
            Map.of("ines", ReceiptStatus.READ));

    private final Edge edge;

    ServerRoutesTest(@TempDir Path directory) throws Exception {
        Path apps = Files.writeString(directory.resolve("apps.json"), """
                {"apps": [{"tag": "shop", "ids": ["%s"], "server_tokens": ["shop-token-0123456789"]},
                          {"tag": "club", "ids": ["%s"], "server_tokens": ["club-token-0123456789"], "suspended": true}]}
                """.formatted(SHOP, CLUB));
        edge = Edge.start(directory, Map.of("CONTINUO_APPS", apps.toString()));
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void createAConversationThatShowsNothingOfAnyUser() {
        edge.service = request -> new Reply.ConversationFound(CONVERSATION, true, HERE);
        HttpResponse<String> response = edge.post(
                shop("/conversations").header("If-None-Match", "\"" + C + "\""), "{'participants': ['ines', 'omar']}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location"))
                .contains(edge.base() + "/apps/" + SHOP + "/conversations/" + C);
        assertThat(json(response).getString("url")).isEqualTo(edge.base() + "/apps/" + SHOP + "/conversations/" + C);
        assertThat(json(response).fieldNames()).doesNotContain("unread_message_count", "last_message");
        assertThat(edge.asked)
                .singleElement()
                .isInstanceOfSatisfying(ConversationRequest.CreateConversation.class, create -> {
                    assertThat(create.user()).isEqualTo(UserId.backend("shop"));
                    assertThat(create.conversationId()).isEqualTo(C);
                });
    }

    @Test
    void tellWhatARepeatedRequestHasCreated() {
        edge.service = request -> new Reply.Failure(
                ErrorCode.ID_IN_USE, "There.", null, new Reply.ConversationFound(CONVERSATION, false, HERE));
        HttpResponse<String> response =
                edge.post(shop("/conversations").header("If-None-Match", C), "{'participants': ['ines']}");
        assertThat(response.statusCode()).isEqualTo(409);
        JsonObject existing = json(response).getJsonObject("data");
        assertThat(existing.getString("id")).isEqualTo("layer:///conversations/" + C);
        assertThat(existing.fieldNames()).doesNotContain("unread_message_count");
    }

    @Test
    void refuseToDeduplicateByWhatIsNoUuid() {
        HttpResponse<String> response =
                edge.post(shop("/conversations").header("If-None-Match", "again"), "{'participants': ['ines']}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).getString("id")).isEqualTo("invalid_request_id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2.0 | "sender_id": "layer:///identities/ines"         | shop\u001fines
            2.0 | "sender_id": "ines"                             | shop\u001fines
            1.0 | "sender": {"user_id": "ines"}                   | shop\u001fines
            1.1 | "sender": {"name": "The Robot"}                 | shop\u001f\u001fThe Robot
            3.0 | "sender": {}                                    |
            3.0 | "sender": {"name": "a", "user_id": "b"}         |
            3.0 | "sender_id": 7                                  |
            3.0 | "sender": {"name": " "}                         |
            2.0 | "x": "y"                                        |
            """)
    void sendAMessageForSomebody(String version, String sender, @Nullable String expected) {
        edge.service = request -> new Reply.MessageFound(MESSAGE, HERE);
        HttpResponse<String> response = edge.post(
                as("shop-token-0123456789", version, "/conversations/" + C + "/messages"),
                "{" + sender + ", 'parts': [{'mime_type': 'text/plain', 'body': 'hi'}]}");
        assertThat(response.statusCode()).isEqualTo(expected == null ? 422 : 201);
        assertThat(edge.asked.stream()
                        .map(MessageRequest.CreateMessageFor.class::cast)
                        .map(create -> create.message().user())
                        .toList())
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void leaveOpenWhetherAMessageIsRead() {
        edge.service = request -> new Reply.MessageFound(MESSAGE, HERE);
        HttpResponse<String> response = edge.send(shop("/conversations/" + C + "/messages/" + M));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).containsKey("is_unread")).isTrue();
        assertThat(json(response).getValue("is_unread")).isNull();
    }

    @Test
    void knowAMessageInItsOwnConversationOnly() {
        edge.service = request -> new Reply.MessageFound(MESSAGE, HERE);
        String elsewhere = "/conversations/" + LayerId.newUuid() + "/messages/" + M;
        assertThat(edge.send(shop(elsewhere)).statusCode()).isEqualTo(404);
        assertThat(edge.send(shop(elsewhere).DELETE()).statusCode()).isEqualTo(404);
        assertThat(edge.asked).allMatch(request -> request instanceof MessageRequest.GetMessage);
    }

    @Test
    void askInTheNameOfAUser() {
        edge.service = request -> new Reply.ConversationFound(CONVERSATION, false, HERE);
        HttpResponse<String> response = edge.send(shop("/users/ines/conversations/" + C));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).fieldNames()).contains("unread_message_count", "last_message");
        assertThat(edge.asked).containsExactly(new ConversationRequest.GetConversation(INES, C));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /users/ines/conversations, ListConversations",
        "GET, /users/ines/conversations/<C>/messages, ListMessages",
        "GET, /users/ines/messages/<M>, GetMessage",
        "DELETE, /users/ines/messages/<M>?mode=all_participants, DeleteMessage",
        "DELETE, /users/ines/conversations/<C>?mode=my_devices&leave=true, LeaveConversation",
        "DELETE, /conversations/<C>, DeleteConversation",
        "DELETE, /messages/<M>, DeleteMessage",
        "DELETE, /users/ines/sessions, RevokeSessions",
        "POST, /users/ines/conversations/<C>/mark_all_read, MarkAllRead",
        "GET, /conversations/<C>/messages, ListMessages",
    })
    void askForWhatThePathSays(String method, String path, String asked) {
        edge.send(shop(path.replace("<C>", C).replace("<M>", M)).method(method, BodyPublishers.noBody()));
        assertThat(edge.asked)
                .singleElement()
                .satisfies(request ->
                        assertThat(request.getClass().getSimpleName()).isEqualTo(asked));
    }

    @Test
    void honourAnOverriddenMethod() {
        HttpResponse<String> response = edge.send(shop("/conversations/" + C)
                .header("X-HTTP-Method-Override", "PATCH")
                .header("Content-Type", "application/vnd.layer-patch+json")
                .POST(BodyPublishers.ofString("[]")));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(edge.asked)
                .containsExactly(new ConversationRequest.ChangeConversation(UserId.backend("shop"), C, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"60, 202", "29, 422", "'\"60\"', 422"})
    void setHowLongSessionsLive(String seconds, int status) {
        HttpResponse<String> response = edge.send(shop("").header("Content-Type", "application/vnd.layer-patch+json")
                .method(
                        "PATCH",
                        BodyPublishers.ofString(
                                "[{\"operation\":\"set\",\"property\":\"session_ttl_in_seconds\",\"value\":" + seconds
                                        + "}]")));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(edge.asked)
                .isEqualTo(status == 202 ? List.of(new SessionRequest.SetSessionTtl("shop", 60)) : List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "shop-token-0123456789, " + SHOP + ", 204, ",
        "wrong-token-123456789, " + SHOP + ", 401, authentication_required",
        "'', " + SHOP + ", 401, authentication_required",
        "shop-token-0123456789, " + CLUB + ", 403, invalid_app_id",
        "club-token-0123456789, " + CLUB + ", 403, app_suspended",
    })
    void letInWhoHasATokenOfTheApp(String token, String app, int status, @Nullable String error) {
        HttpResponse<String> response = edge.send(edge.bare("/apps/" + app + "/conversations/" + C)
                .header("Accept", "application/vnd.layer+json; version=2.0")
                .header("Authorization", "Bearer " + token)
                .DELETE());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(edge.asked).hasSize(error == null ? 1 : 0);
        if (error != null) {
            assertThat(json(response).getString("id")).isEqualTo(error);
        }
    }

    @Test
    void refuseSessionsAndVersionsThatAreNone() {
        assertThat(edge.send(edge.as("ines", "/apps/" + SHOP + "/conversations/" + C))
                        .statusCode())
                .isEqualTo(401);
        assertThat(edge.send(as("shop-token-0123456789", "1.2", "/conversations/" + C))
                        .statusCode())
                .isEqualTo(406);
    }

    private HttpRequest.Builder shop(String path) {
        return as("shop-token-0123456789", "2.0", path);
    }

    private HttpRequest.Builder as(String token, String version, String path) {
        return edge.bare("/apps/" + SHOP + path)
                .header("Accept", "application/vnd.layer+json; version=" + version)
                .header("Authorization", "Bearer " + token);
    }
}
