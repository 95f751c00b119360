package io.continuo.gateway.socket;

import static io.continuo.gateway.socket.FakeServices.CONVERSATION;
import static io.continuo.gateway.socket.FakeServices.START_MS;
import static io.continuo.gateway.socket.TestClient.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.Signal;
import io.continuo.common.event.TypingState;
import io.continuo.common.model.Person;
import io.continuo.gateway.auth.SessionToken;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionIT {
    private static final String CONVERSATION_ID = "layer:///conversations/" + CONVERSATION;
    private static final JsonObject HELLO = new JsonObject()
            .put(
                    "parts",
                    new JsonArray()
                            .add(new JsonObject().put("mime_type", "text/plain").put("body", "hello")));
    private final TestGateway gateway = new TestGateway(Map.of());
    private final FakeServices services = gateway.services;

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void countsEveryPacketFromZero() {
        TestClient ines = gateway.connect("ines");
        ines.request("Counter.read", "r1", new JsonObject());
        assertThat(ines.response("r1").getJsonObject("data").getInteger("counter"))
                .isEqualTo(-1);
        services.send("omar", "hi", "ines");
        ines.packets(3);
        ines.request("Counter.read", "r2", new JsonObject());
        assertThat(ines.response("r2").getJsonObject("data").getInteger("counter"))
                .isEqualTo(2);
        assertThat(ines.packets.stream().map(packet -> packet.getInteger("counter")))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void stampsChangesWithTheirPositionsAndTheRestWithWhatIsProven() {
        TestClient ines = gateway.connect("ines");
        services.send("omar", "hi", "ines");
        List<JsonObject> packets = ines.packets(2);
        assertThat(ines.positions()).containsExactly((START_MS + 1) + "-1", (START_MS + 1) + "-2");
        String time = Instant.ofEpochMilli(START_MS + 1).toString();
        assertThat(packets.get(0).getString("timestamp")).isEqualTo(time);
        ines.request("Counter.read", "r1", new JsonObject());
        ines.response("r1");
        assertThat(Instant.parse(ines.packets.get(2).getString("timestamp")).toEpochMilli())
                .isBetween(START_MS + 1, START_MS + 501);
    }

    @Test
    void sendsTheResponseBeforeTheChangeThatItMade() {
        services.eventBeforeResponse = true;
        TestClient ines = gateway.connect("ines");
        ines.request("Message.create", "r1", CONVERSATION_ID, HELLO);
        List<JsonObject> packets = ines.packets(3);
        assertThat(packets.stream().map(packet -> packet.getString("type")))
                .containsExactly("response", "change", "change");
        assertThat(body(packets.get(0)).getBoolean("success")).isTrue();
        assertThat(body(packets.get(0)).getJsonObject("data").getString("id")).startsWith("layer:///messages/");
    }

    @Test
    void offersWhatRestOffers() {
        TestClient client = gateway.connect("ines");
        JsonObject list = client.request("Conversation.list", "1", new JsonObject().put("page_size", 2))
                .response("1")
                .getJsonObject("data");
        assertThat(list.getJsonArray("results")).isEmpty();
        assertThat(list.getInteger("count")).isEqualTo(12);
        JsonObject refused = client.request("Conversation.update", "2", FakeServices.CONVERSATION, new JsonObject())
                .response("2");
        assertThat(refused.getBoolean("success")).isFalse();
        assertThat(refused.getJsonObject("data").getJsonObject("data").getString("property"))
                .isEqualTo("data");
    }

    @Test
    void executesPipelinedRequestsInOrder() {
        TestClient ines = gateway.connect("ines");
        IntStream.range(0, 600).forEach(i -> ines.request("Message.create", "r" + i, CONVERSATION_ID, HELLO));
        ines.response("r599");
        assertThat(ines.packets.stream()
                        .filter(packet -> packet.getString("type").equals("response"))
                        .map(packet -> body(packet).getString("request_id")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 600).mapToObj(i -> "r" + i).toList());
        await().until(() -> ines.positions().size() == 1_200);
    }

    @Test
    void survivesWhatItCannotUnderstand() {
        TestClient ines = gateway.connect("ines");
        ines.send("no json").send("{\"type\":\"ping\",\"body\":{}}");
        ines.request("Nonsense.do", "r1", new JsonObject());
        ines.send("{\"type\":\"request\",\"body\":{\"method\":\"Nonsense.do\"}}");
        ines.request("Message.create", "r2", CONVERSATION_ID, new JsonObject());
        List<JsonObject> bodies = ines.packets(5).stream().map(TestClient::body).toList();
        assertThat(bodies.stream().map(body -> body.getJsonObject("data").getInteger("code")))
                .containsExactly(10, 10, 9, 9, 104);
        assertThat(bodies.stream().map(body -> body.getBoolean("success"))).containsOnly(false);
        assertThat(bodies.stream().map(body -> body.containsKey("request_id")))
                .containsExactly(false, false, true, false, true);
    }

    @Test
    void answersBinaryRequestsInBinary() {
        TestClient ines = gateway.connect("ines");
        Buffer request =
                Buffer.buffer("{\"type\":\"request\",\"body\":{\"method\":\"Counter.read\",\"request_id\":\"b\"}}");
        List<Boolean> binary = new java.util.concurrent.CopyOnWriteArrayList<>();
        ines.socket().frameHandler(frame -> binary.add(frame.isBinary()));
        ines.socket().writeBinaryMessage(request);
        ines.response("b");
        services.send("omar", "hi", "ines");
        ines.packets(3);
        assertThat(binary).containsExactly(true, false, false);
    }

    @Test
    void relaysTypingAndTellsOfIt() {
        TestClient ines = gateway.connect("ines");
        services.signal(new Signal.Typing(CONVERSATION, Person.of("omar"), TypingState.STARTED, 1), "ines");
        JsonObject packet = ines.packets(1).getFirst();
        assertThat(packet.getString("type")).isEqualTo("signal");
        assertThat(packet.getInteger("counter")).isZero();
        ines.send(
                "{\"type\":\"signal\",\"body\":{\"type\":\"typing_indicator\",\"request_id\":\"t\",\"object\":{\"id\":\""
                        + CONVERSATION_ID + "\"},\"data\":{\"action\":\"paused\"}}}");
        assertThat(ines.response("t").getBoolean("success")).isTrue();
        assertThat(services.presence).contains(new PresenceRequest.Type("ines", CONVERSATION, TypingState.PAUSED));
    }

    @Test
    void showsPresenceToThoseWhoSubscribed() {
        TestClient ines = gateway.connect("ines");
        var offline = new Signal.Presence("omar", PresenceStatus.OFFLINE, null, 1);
        services.signal(offline, "ines");
        ines.request("Presence.subscribe", "r1", new JsonObject());
        ines.response("r1");
        services.signal(offline, "ines");
        // What is known of presence may come before the answer as well as after it.
        List<JsonObject> changes = ines.packets(2).stream()
                .filter(packet -> packet.getString("type").equals("change"))
                .toList();
        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().containsKey("position")).isFalse();
    }

    @Test
    void announcesLooksAndLeaves() {
        TestClient ines = gateway.connect("ines");
        var status = new JsonObject()
                .put("operation", "set")
                .put("property", "status")
                .put("value", "offline");
        ines.request("Presence.update", "r1", new JsonArray().add(status));
        assertThat(ines.response("r1").getJsonObject("data")).isEmpty();
        ines.request(
                "Presence.sync", "r2", new JsonObject().put("ids", new JsonArray().add("layer:///identities/omar")));
        assertThat(ines.response("r2").getJsonObject("data").getJsonArray("changes"))
                .hasSize(1);
        ines.request("Presence.sync", "r3", new JsonObject().put("since", "2031-02-03T09:00:00.000Z"));
        assertThat(ines.response("r3").getJsonObject("data").getJsonArray("changes"))
                .isEmpty();
        ines.socket().close();
        await().until(() -> services.presence.size() == 4);
        String connection = Addresses.loop("test", 0) + "/1";
        assertThat(services.presence)
                .contains(new PresenceRequest.Announce(
                        "ines", connection, Addresses.loop("test", 0), PresenceStatus.INVISIBLE))
                .endsWith(new PresenceRequest.Leave("ines", connection, Addresses.loop("test", 0)));
    }

    @Test
    void missesNothingThatHappensDuringTheHandshake() {
        services.send("omar", "before", "ines");
        services.whileAttaching = () -> services.send("omar", "meanwhile", "ines");
        TestClient ines = gateway.connect("ines");
        ines.packets(2);
        services.send("omar", "afterwards", "ines");
        ines.packets(4);
        assertThat(ines.positions()).isEqualTo(expectedPositions("ines").subList(2, 6));
    }

    @Test
    void refusesASessionThatEndsDuringTheHandshake() {
        SessionToken session = gateway.session("ines");
        services.whileAttaching = () -> gateway.vertx
                .eventBus()
                .publish(
                        Addresses.GATEWAYS,
                        new GatewayMessage.EndSession(session.session().sessionId()));
        assertThatThrownBy(() -> gateway.connect(session, "layer-2.0", "")).hasMessageContaining("401");
    }

    @Test
    void detachesAClientThatWasAttachedAndThenNotOpened() {
        services.unavailable = true;
        assertThatThrownBy(() -> gateway.connect("ines")).hasMessageContaining("503");
        await().until(() -> services.detached.size() == 1);
        assertThat(gateway.connections()).isZero();
    }

    @Test
    void detachesWithTheLastConnectionOnly() {
        TestClient first = gateway.connect("ines");
        TestClient second = gateway.connect("ines");
        gateway.connect("omar");
        first.socket().close();
        first.closeCode();
        services.send("omar", "hi", "ines");
        second.packets(2);
        assertThat(services.detached).isEmpty();
        second.socket().close();
        await().until(() -> services.detached.size() == 1);
        assertThat(services.detached.getFirst().token()).isEqualTo(2);
    }

    @Test
    void closesTheSocketsOfASessionThatIsEnded() {
        SessionToken session = gateway.session("ines");
        TestClient ines = gateway.connect(session, "layer-1.0", "");
        TestClient other = gateway.connect("ines");
        gateway.vertx
                .eventBus()
                .publish(
                        Addresses.GATEWAYS,
                        new GatewayMessage.EndSession(session.session().sessionId()));
        assertThat(ines.closeCode()).isEqualTo(4401);
        other.request("Counter.read", "r1", new JsonObject());
        other.response("r1");
    }

    @Test
    void goesOnBeyondTheEndWhenTheSessionIsRefreshed() {
        TestClient refreshed = gateway.connect(gateway.session("ines", Duration.ofSeconds(2)), "layer-2.0", "");
        JsonObject fresh = refreshed
                .request("Session.refresh", "r1", new JsonObject())
                .response("r1")
                .getJsonObject("data");
        assertThat(fresh.getString("session_token")).isNotBlank();
        assertThat(fresh.getString("expires_at")).endsWith("Z");
        TestClient other = gateway.connect(gateway.session("ines", Duration.ofSeconds(2)), "layer-2.0", "");
        assertThat(other.closeCode()).isEqualTo(4401);
        assertThat(refreshed
                        .request("Counter.read", "r2", new JsonObject())
                        .response("r2")
                        .getBoolean("success"))
                .isTrue();
    }

    @Test
    void isNotRefreshedForSomebodyElseNorWithGarbage() {
        TestClient ines = gateway.connect("ines");
        for (String token : List.of(gateway.session("omar").token(), "garbage")) {
            JsonObject answer = ines.request(
                            "Session.refresh", "r" + token.length(), new JsonObject().put("session_token", token))
                    .response("r" + token.length());
            assertThat(answer.getJsonObject("data").getString("id")).isEqualTo("invalid_property");
        }
    }

    @Test
    void closesAllSocketsOfAUserWhoseSessionsAreEnded() {
        SessionToken session = gateway.session("ines");
        TestClient ines = gateway.connect(session, "layer-2.0", "");
        TestClient omar = gateway.connect("omar");
        gateway.vertx
                .eventBus()
                .publish(
                        Addresses.GATEWAYS,
                        new GatewayMessage.EndSessions("ines", session.session().issuedAtMs()));
        assertThat(ines.closeCode()).isEqualTo(4401);
        omar.request("Counter.read", "r1", new JsonObject()).response("r1");
    }

    @Test
    void closesWhenTheSessionExpires() {
        TestClient ines = gateway.connect(gateway.session("ines", Duration.ofSeconds(1)), "layer-3.0", "");
        assertThat(ines.closeCode()).isEqualTo(4401);
    }

    @Test
    void takesRequestsInFragmentsTheFirstOfThemEmpty() {
        TestClient ines = gateway.connect("ines");
        Buffer request =
                Buffer.buffer("{\"type\":\"request\",\"body\":{\"method\":\"Counter.read\",\"request_id\":\"f\"}}");
        ines.socket().writeFrame(WebSocketFrame.textFrame("", false));
        ines.socket().writeFrame(WebSocketFrame.continuationFrame(request.slice(0, 20), false));
        ines.socket().writeFrame(WebSocketFrame.continuationFrame(request.slice(20, request.length()), true));
        assertThat(ines.response("f").getBoolean("success")).isTrue();
    }

    @Test
    void closesOnWhatBreaksTheRulesOfSockets() {
        TestClient large = gateway.connect("ines");
        large.send("x".repeat(65_537));
        assertThat(large.closeCode()).isEqualTo(1009);
    }

    @Test
    void drainsWithTheRequestsThatAreUnderWay() {
        TestClient ines = gateway.connect("ines");
        TestClient omar = gateway.connect("omar");
        gateway.undeploy();
        assertThat(ines.closeCode()).isEqualTo(1012);
        assertThat(omar.closeCode()).isEqualTo(1012);
    }

    private List<String> expectedPositions(String user) {
        return services.all(user).stream()
                .flatMap(delivery -> IntStream.rangeClosed(1, delivery.span())
                        .mapToObj(i -> delivery.position()
                                .back(delivery.span() - (long) i)
                                .toString()))
                .toList();
    }
}
