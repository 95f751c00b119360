package io.continuo.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.gateway.auth.SessionToken;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatIT {
    private final TestGateway gateway = new TestGateway(Map.of("CONTINUO_PING_SECONDS", "1"));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void repairsTheLossOfTheVeryLastEvent() {
        TestClient ines = gateway.connect("ines");
        gateway.services.losing = true;
        gateway.services.send("omar", "lost", "ines");
        assertThat(ines.packets(2)).hasSize(2);
    }

    @Test
    void closesTheSocketsOfASessionOfWhoseEndTheBusToldNothing() {
        SessionToken session = gateway.session("ines");
        TestClient ines = gateway.connect(session, "layer-2.0", "");
        TestClient other = gateway.connect("ines");
        gateway.services.revoked.add(session.session().sessionId());
        assertThat(ines.closeCode()).isEqualTo(4401);
        assertThat(other.request("Counter.read", "r1", new JsonObject())
                        .response("r1")
                        .getBoolean("success"))
                .isTrue();
    }

    @Test
    void keepsIdleClientsThatAnswerPings() {
        TestClient ines = gateway.connect("ines");
        var pings = new java.util.concurrent.atomic.AtomicInteger();
        ines.socket().frameHandler(frame -> {
            if (frame.isPing()) {
                pings.incrementAndGet();
            }
        });
        await().until(() -> pings.get() >= 3);
        ines.request("Counter.read", "r1", new JsonObject());
        assertThat(ines.response("r1").getBoolean("success")).isTrue();
    }

    @Test
    void closesThoseThatAreSilent() {
        String request = """
                GET /websocket?session_token=TOKEN HTTP/1.1
                Host: localhost
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Protocol: layer-2.0

                """;
        String token = gateway.session("ines").token();
        RawClient silent = new RawClient(
                gateway.vertx,
                gateway.verticle.port(),
                request.replace("TOKEN", token).replace("\n", "\r\n"));
        assertThat(silent.status()).isEqualTo(101);
        await().until(silent::isClosed);
        assertThat(silent.received()).contains("no sign of life");
        assertThat(gateway.connections()).isZero();
    }
}
