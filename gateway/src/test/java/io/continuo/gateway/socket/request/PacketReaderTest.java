package io.continuo.gateway.socket.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.ErrorCode;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {
    @Test
    void readsRequests() {
        String text = """
                {"type": "request", "body": {"method": "Event.replay", "request_id": "r-1.x_2", "object_id": "o",
                "data": {"a": 1}}}""";
        assertThat(PacketReader.read(text, true))
                .isEqualTo(new Incoming.Request("Event.replay", "r-1.x_2", "o", new JsonObject().put("a", 1), true));
    }

    @Test
    void readsSignals() {
        String text = """
                {"type": "signal", "body": {"type": "typing_indicator", "object": {"id": "o"},
                "data": {"action": "started"}}}""";
        assertThat(PacketReader.read(text, false))
                .isEqualTo(new Incoming.Signal("typing_indicator", null, "o", "started", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "7",
                "null",
                "{",
                "{} {}",
                "{}",
                "{\"type\":\"request\"}",
                "{\"type\":\"request\",\"body\":[]}",
                "{\"type\":\"request\",\"body\":{}}",
                "{\"type\":\"request\",\"body\":{\"method\":7}}",
                "{\"type\":\"ping\",\"body\":{\"method\":\"x\"}}",
                "{\"type\":7,\"body\":{}}",
                "{\"type\":\"signal\",\"body\":{}}"
            })
    void findsTheRestMalformed(String text) {
        assertThat(PacketReader.read(text, false))
                .isInstanceOfSatisfying(
                        Incoming.Malformed.class,
                        malformed -> assertThat(malformed.failure().code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void survivesDeepNesting() {
        assertThat(PacketReader.read("[".repeat(60_000), false)).isInstanceOf(Incoming.Malformed.class);
        assertThat(PacketReader.read("{\"a\":".repeat(10_000), false)).isInstanceOf(Incoming.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"\"", "\"a b\"", "\"ä\"", "{}"})
    void findsRequestIdsInvalid(String id) {
        String text = "{\"type\":\"request\",\"body\":{\"method\":\"Counter.read\",\"request_id\":" + id + "}}";
        assertThat(PacketReader.read(text, false))
                .isInstanceOfSatisfying(
                        Incoming.Malformed.class,
                        malformed -> assertThat(malformed.failure().property()).isEqualTo("request_id"));
    }
}
