package io.continuo.gateway.socket;

import static io.continuo.gateway.socket.FakeServices.START_MS;
import static io.continuo.gateway.socket.TestClient.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a socket is told after something was missed, and when it reads slowly. */
class CatchUpIT {
    private final TestGateway gateway = new TestGateway(Map.of());
    private final FakeServices services = gateway.services;

    @AfterEach
    void close() {
        gateway.close();
    }

    private List<String> expectedPositions(String user) {
        return services.all(user).stream()
                .flatMap(delivery -> IntStream.rangeClosed(1, delivery.span())
                        .mapToObj(i -> delivery.position()
                                .back(delivery.span() - (long) i)
                                .toString()))
                .toList();
    }

    @Test
    void repairsALossWhenTheNextEventShowsIt() {
        TestClient ines = gateway.connect("ines");
        services.losing = true;
        services.send("omar", "lost", "ines");
        services.losing = false;
        services.send("omar", "arrives", "ines");
        ines.packets(4);
        assertThat(ines.positions()).isEqualTo(expectedPositions("ines"));
    }

    @Test
    void repairsTheLossOfTheVeryLastEventWhenTheClientAsksForTheCounter() {
        TestClient ines = gateway.connect("ines");
        services.losing = true;
        services.send("omar", "lost", "ines");
        ines.request("Counter.read", "r1", new JsonObject());
        ines.packets(3);
        assertThat(ines.positions()).isEqualTo(expectedPositions("ines"));
    }

    @Test
    void repeatsReadingWhenTheServiceFails() {
        services.send("omar", "before", "ines");
        services.failingReads.set(2);
        TestClient ines = gateway.connect("ines", "&since=0-0");
        ines.packets(3);
        assertThat(ines.positions()).isEqualTo(expectedPositions("ines"));
    }

    @Test
    void resumesWithAVerdictAfterWhatWasMissed() {
        services.send("omar", "one", "ines");
        String seen = services.tail("ines").toString();
        services.send("omar", "two", "ines");
        TestClient ines = gateway.connect("ines", "&since=" + seen);
        List<JsonObject> packets = ines.packets(3);
        assertThat(packets.stream().map(packet -> packet.getString("type")))
                .containsExactly("change", "change", "operation");
        assertThat(body(packets.get(2)))
                .isEqualTo(new JsonObject()
                        .put("method", "Session.resumed")
                        .put(
                                "data",
                                new JsonObject()
                                        .put("verdict", "complete")
                                        .put("from", seen)
                                        .put("to", services.tail("ines").toString())));
        services.send("omar", "three", "ines");
        ines.packets(5);
        assertThat(ines.positions()).isEqualTo(expectedPositions("ines").subList(2, 6));
    }

    @Test
    void replaysFromATimestampInclusively() {
        services.send("omar", "one", "ines");
        services.send("omar", "two", "ines");
        TestClient ines = gateway.connect("ines");
        String from = Instant.ofEpochMilli(START_MS + 2).toString();
        ines.request("Event.replay", "r1", new JsonObject().put("from_timestamp", from));
        JsonObject response = ines.response("r1");
        assertThat(response.getBoolean("success")).isTrue();
        assertThat(response.containsKey("data")).isFalse();
        assertThat(ines.positions()).isEqualTo(expectedPositions("ines").subList(2, 4));
        assertThat(ines.packets.getLast().getString("type")).isEqualTo("response");
    }

    @Test
    void replaysFromAPosition() {
        services.send("omar", "one", "ines");
        TestClient ines = gateway.connect("ines");
        ines.request("Event.replay", "r1", new JsonObject().put("from_position", (START_MS + 1) + "-1"));
        ines.response("r1");
        assertThat(ines.positions()).containsExactly((START_MS + 1) + "-2");
    }

    @Test
    void refusesAReplayFromNowhere() {
        TestClient ines = gateway.connect("ines");
        ines.request("Event.replay", "r1", new JsonObject().put("from_timestamp", "yesterday"));
        assertThat(ines.response("r1").getJsonObject("data").getString("id")).isEqualTo("invalid_property");
    }

    @Test
    void bringsEverythingToAClientThatReadsSlowly() {
        TestClient ines = gateway.connect("ines");
        ines.socket().pause();
        String text = "x".repeat(1_500);
        IntStream.range(0, 5_000).forEach(i -> services.send("omar", text, "ines"));
        ines.socket().resume();
        ines.packets(10_000);
        assertThat(ines.positions()).isEqualTo(expectedPositions("ines"));
    }

    @Test
    void keepsResponsesInTheirPlaceWhenTheClientReadsSlowly() {
        TestClient ines = gateway.connect("ines");
        ines.socket().pause();
        String text = "x".repeat(20_000);
        IntStream.range(0, 500).forEach(i -> {
            services.send("omar", text, "ines");
            ines.request("Counter.read", "r" + i, new JsonObject());
        });
        ines.socket().resume();
        List<JsonObject> packets = ines.packets(1_500);
        assertThat(packets.stream().map(packet -> packet.getInteger("counter")))
                .containsExactlyElementsOf(IntStream.range(0, 1_500).boxed().toList());
        assertThat(ines.positions()).isEqualTo(expectedPositions("ines"));
    }

    @Test
    void bringsLargeEventsInFragments() {
        TestClient ines = gateway.connect("ines");
        String text = "größer ".repeat(12_000);
        services.send("omar", text, "ines");
        services.send("omar", "small", "ines");
        JsonObject message = body(ines.packets(4).getFirst());
        assertThat(message.getJsonObject("data")
                        .getJsonArray("parts")
                        .getJsonObject(0)
                        .getString("body"))
                .isEqualTo(text);
        assertThat(ines.positions()).isEqualTo(expectedPositions("ines"));
    }

    @Test
    void outlivesClientsThatBreakOffWhileMuchIsWaiting() {
        TestClient ines = gateway.connect("ines");
        TestClient other = gateway.connect("ines");
        ines.socket().pause();
        IntStream.range(0, 500).forEach(i -> services.send("omar", "x".repeat(20_000), "ines"));
        other.packets(1_000);
        ((WebSocketInternal) ines.socket()).channelHandlerContext().close();
        await().until(() -> gateway.connections() == 1);
        other.request("Counter.read", "r1", new JsonObject());
        assertThat(other.response("r1").getJsonObject("data").getInteger("counter"))
                .isEqualTo(999);
    }
}
