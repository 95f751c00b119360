package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.model.LayerId;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.process.ContinuoProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two apps in one deployment, in both of them an Ines and an Omar, who are four people. */
class AppsIT {
    private static final String SHOP = "6b1d0c3e-0a4f-4a1b-9b61-5d8f0b1a77c2";
    private static final String CLUB = "b70fd2c0-9d4c-4a42-8f2a-2a6b1f3f0c11";
    private static final String CLOSED = "0c9cd49f-3a9c-4dbb-9a0e-5f0b1d9b7a55";
    private static final String TOKEN = "the-token-of-the-backend-of-the-";

    private static ContinuoProcess continuo;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        Path apps = Files.writeString(dir.resolve("apps.json"), """
                {"apps": [
                  {"tag": "", "ids": ["%s"], "server_tokens": ["%sshop"]},
                  {"tag": "club", "ids": ["layer:///apps/staging/%s"], "server_tokens": ["%sclub"]},
                  {"tag": "closed", "ids": ["%s"], "suspended": true}]}""".formatted(SHOP, TOKEN, CLUB, TOKEN, CLOSED));
        continuo = ContinuoProcess.start(Map.of(
                "CONTINUO_DATA_DIR", Files.createTempDirectory("continuo").toString(),
                "CONTINUO_APPS", apps.toString()));
    }

    @AfterAll
    static void stop() throws Exception {
        continuo.stop();
    }

    /** Somebody with a socket, and everything that they were ever told, in any way. */
    private static final class Member {
        final Rest rest;
        final Socket socket;
        final List<JsonObject> packets = new CopyOnWriteArrayList<>();

        Member(String app, String user, String version) throws Exception {
            rest = Rest.login(continuo.url(), user, version, app);
            socket = Socket.open(continuo.url(), rest.token(), "layer-" + version, "", packets::add);
            request("Presence.subscribe", null, null);
        }

        JsonObject request(String method, @Nullable String object, @Nullable Object data) throws Exception {
            return socket.request(method, object, data).get(10, TimeUnit.SECONDS);
        }

        boolean heard(String word) {
            return packets.stream().anyMatch(packet -> packet.encode().contains(word));
        }

        int status(String method, String path, String body) {
            return rest.call(method, path, body).statusCode();
        }
    }

    @Test
    void usersOfTheSameNameNeverMeet() throws Exception {
        for (String version : List.of("1.0", "2.0", "3.0")) {
            String ines = "ines " + version;
            String omar = "omar/" + version;
            Member shopInes = new Member(SHOP, ines, version);
            Member shopOmar = new Member(SHOP, omar, version);
            Member clubInes = new Member(CLUB, ines, version);
            Member clubOmar = new Member(CLUB, omar, version);
            keptApart(shopInes, shopOmar, clubInes, clubOmar, ines, omar);
            keptApart(clubInes, clubOmar, shopInes, shopOmar, ines, omar);
            for (Member each : List.of(shopInes, shopOmar, clubInes, clubOmar)) {
                assertThat(each.socket.faults()).isEmpty();
                assertThat(each.heard("\\u001f") || each.heard("club\u001f")).isFalse();
                each.socket.cut();
            }
        }
    }

    /** What the first two do is seen by them, and not by the other two of the same names. */
    private static void keptApart(
            Member ines, Member omar, Member otherInes, Member otherOmar, String inesId, String omarId)
            throws Exception {
        int before = otherInes.packets.size() + otherOmar.packets.size();
        JsonObject created = new JsonObject(ines.rest
                .post(
                        "/conversations",
                        new JsonObject()
                                .put("participants", new JsonArray().add(omarId))
                                .put("distinct", true))
                .body());
        String conversation = created.getString("id");
        String secret = "for friends only: " + conversation;
        String path =
                "/conversations/" + LayerId.uuid("conversations", conversation).orElseThrow();
        assertThat(created.encode()).doesNotContain("u001f", "\u001f").contains(omarId);
        JsonObject sent =
                ines.request("Message.create", conversation, message(secret)).getJsonObject("data");
        String messagePath =
                "/messages/" + LayerId.uuid("messages", sent.getString("id")).orElseThrow();
        await().until(() -> omar.heard(secret));
        assertThat(omar.status("POST", messagePath + "/receipts", "{\"type\":\"read\"}"))
                .isEqualTo(204);
        await().until(() -> ines.heard("recipient_status"));
        omar.socket.send(typing(conversation));
        await().until(() -> ines.heard("typing_indicator"));

        assertThat(otherOmar.status("GET", path, "")).isEqualTo(404);
        assertThat(otherOmar.status("GET", path + "/messages", "")).isEqualTo(404);
        assertThat(otherOmar.status("GET", messagePath, "")).isEqualTo(404);
        assertThat(otherOmar.status("POST", messagePath + "/receipts", "{\"type\":\"read\"}"))
                .isEqualTo(404);
        assertThat(otherOmar.status("POST", path + "/messages", message("hi").encode()))
                .isEqualTo(404);
        assertThat(otherOmar.status("DELETE", path + "?mode=all_participants", ""))
                .isEqualTo(404);
        assertThat(otherOmar.status(
                        "PATCH",
                        path,
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("operation", "add")
                                        .put("property", "participants")
                                        .put("id", LayerId.identity(inesId))
                                        .put("value", inesId))
                                .encode()))
                .isEqualTo(404);
        assertThat(otherInes
                        .request("Message.create", conversation, message("hi"))
                        .getBoolean("success"))
                .isFalse();
        otherOmar.socket.send(typing(conversation));
        // Whoever takes the same id gets no more than that it is taken.
        HttpResponse<String> taken = otherInes.rest.post(
                "/conversations",
                new JsonObject().put("id", conversation).put("participants", new JsonArray().add(omarId)));
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(new JsonObject(taken.body()).containsKey("data")).isFalse();
        assertThat(otherInes.packets.size() + otherOmar.packets.size() - before)
                .as("answers to what the others asked themselves")
                .isEqualTo(1);
        assertThat(otherInes.packets.toString()).doesNotContain(conversation);
        assertThat(otherOmar.heard(secret)).isFalse();
    }

    @Test
    void presenceAndIdentitiesAreOfOneAppOnly() throws Exception {
        Member here = new Member(SHOP, "noa", "2.0");
        Member there = new Member(CLUB, "noa", "2.0");
        Member friend = new Member(SHOP, "pia", "2.0");
        here.rest.call("POST", "/following/users/pia", "");
        friend.request("Presence.update", null, status("busy"));
        JsonObject ids = new JsonObject().put("ids", new JsonArray().add(LayerId.identity("pia")));
        assertThat(here.request("Presence.sync", null, ids).encode()).contains("busy");
        assertThat(there.request("Presence.sync", null, ids).encode()).doesNotContain("busy");
        assertThat(there.heard("busy")).isFalse();

        assertThat(login(new JsonObject()
                        .put("user_id", "pia")
                        .put("app_id", CLUB)
                        .put("display_name", "Pia of the club")))
                .isEqualTo(201);
        assertThat(there.rest.get("/identities/pia").body()).contains("Pia of the club");
        assertThat(here.rest.get("/identities/pia").body()).doesNotContain("of the club");
    }

    @Test
    void aBackendSeesItsOwnAppOnly() {
        Rest ines = Rest.login(continuo.url(), "ines", "2.0", CLUB);
        JsonObject made = new JsonObject(ines.post(
                        "/conversations", new JsonObject().put("participants", new JsonArray().add("omar")))
                .body());
        String path = "/conversations/"
                + LayerId.uuid("conversations", made.getString("id")).orElseThrow();
        assertThat(backend(CLUB, "club", "GET", path, "")).isEqualTo(200);
        assertThat(backend(SHOP, "shop", "GET", path, "")).isEqualTo(404);
        assertThat(backend(SHOP, "shop", "DELETE", path, "")).isNotEqualTo(200);
        assertThat(backend(CLUB, "shop", "GET", path, "")).isEqualTo(403);
        assertThat(backend(CLUB, "nobody", "GET", path, "")).isEqualTo(401);
        assertThat(ines.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void idsWithControlCharactersNameNobody() throws Exception {
        Member ines = new Member(SHOP, "ines", "2.0");
        for (String id : List.of("club\u001fines", "\u001f", "a\nb", LayerId.identity("x") + "%1fines")) {
            HttpResponse<String> refused =
                    ines.rest.post("/conversations", new JsonObject().put("participants", new JsonArray().add(id)));
            assertThat(refused.statusCode()).as(id).isEqualTo(422);
            assertThat(new JsonObject(refused.body()).getString("id")).isEqualTo("invalid_property");
            assertThat(ines.request("Presence.sync", null, new JsonObject().put("ids", new JsonArray().add(id)))
                            .getJsonObject("data")
                            .getString("id"))
                    .isEqualTo("invalid_property");
        }
        assertThat(ines.rest.get("/identities/club%1fines").statusCode()).isEqualTo(422);
        assertThat(login(named("club\u001fines", SHOP))).isEqualTo(422);
        assertThat(login(named("ines", "no such app"))).isEqualTo(403);
        assertThat(login(named("ines", CLOSED))).isEqualTo(403);
    }

    @Test
    void aSessionThatIsRefreshedGoesOnAndARevokedOneDoesNot() throws Exception {
        Member ines = new Member(CLUB, "rosa", "2.0");
        Member namesake = new Member(SHOP, "rosa", "2.0");
        JsonObject fresh = ines.request("Session.refresh", null, null).getJsonObject("data");
        Rest renewed = Rest.with(continuo.url(), fresh.getString("session_token"), "2.0");
        assertThat(renewed.get("/conversations").statusCode()).isEqualTo(200);
        assertThat(renewed.post("/sessions/refresh", new JsonObject()).statusCode())
                .isEqualTo(200);

        ines.rest.call("DELETE", "/sessions/" + ines.rest.token(), "");
        assertThat(ines.socket.closed().get(1, TimeUnit.SECONDS)).isEqualTo(4401);
        assertThat(renewed.get("/conversations").statusCode()).isEqualTo(401);
        assertThat(renewed.post("/sessions/refresh", new JsonObject()).statusCode())
                .isEqualTo(401);
        assertThat(namesake.rest.get("/conversations").statusCode()).isEqualTo(200);
        assertThat(namesake.socket.closed()).isNotDone();
    }

    private static JsonObject named(String user, String app) {
        return new JsonObject().put("user_id", user).put("app_id", app);
    }

    private static int login(JsonObject body) {
        return send(HttpRequest.newBuilder(URI.create(continuo.url() + "/dev/session"))
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    private static int backend(String app, String token, String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(continuo.url() + "/apps/" + app + path))
                .header("Accept", "application/vnd.layer+json; version=2.0")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TOKEN + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static int send(HttpRequest.Builder request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static JsonObject message(String text) {
        return new JsonObject()
                .put(
                        "parts",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("mime_type", "text/plain")
                                        .put("body", text)));
    }

    private static JsonArray status(String word) {
        return new JsonArray()
                .add(new JsonObject()
                        .put("operation", "set")
                        .put("property", "status")
                        .put("value", word));
    }

    private static JsonObject typing(String conversation) {
        return new JsonObject()
                .put("type", "signal")
                .put(
                        "body",
                        new JsonObject()
                                .put("type", "typing_indicator")
                                .put("object", new JsonObject().put("id", conversation))
                                .put("data", new JsonObject().put("action", "started")));
    }
}
