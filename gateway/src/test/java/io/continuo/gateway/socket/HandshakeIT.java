package io.continuo.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeIT {
    private static final String HELLO = """
            GET /websocket?session_token=TOKEN HTTP/1.1
            Host: localhost
            Connection: keep-alive, Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Protocol: layer-2.0

            """;

    private final TestGateway gateway =
            new TestGateway(Map.of("CONTINUO_ALLOWED_ORIGINS", "https://chat.example.test,https://other.example.test"));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void opensAndEchoesTheSubprotocol() {
        assertThat(answer(HELLO).head())
                .startsWith("HTTP/1.1 101")
                .containsIgnoringCase("sec-websocket-protocol: layer-2.0")
                .doesNotContainIgnoringCase("connection: close")
                .doesNotContainIgnoringCase("extensions");
    }

    @Test
    void opensOnAllItsPaths() {
        assertThat(changed("/websocket?", "/?")).isEqualTo(101);
        assertThat(changed("/websocket?", "/websocket/?")).isEqualTo(101);
        assertThat(changed("/websocket?", "/elsewhere?")).isEqualTo(404);
    }

    @Test
    void findsAKnownSubprotocolAmongSeveral() {
        assertThat(answer(HELLO.replace("layer-2.0", "chat\nSec-WebSocket-Protocol: other, layer-3.0"))
                        .head())
                .containsIgnoringCase("sec-websocket-protocol: layer-3.0");
        assertThat(changed("layer-2.0", "layer-9.0")).isEqualTo(400);
        assertThat(changed("Sec-WebSocket-Protocol: layer-2.0\n", "")).isEqualTo(400);
    }

    @Test
    void refusesWhatIsNoHandshakeOfOurTime() {
        assertThat(changed("Version: 13", "Version: 7")).isEqualTo(426);
        assertThat(changed("Sec-WebSocket-Version: 13\n", "")).isEqualTo(426);
        assertThat(changed("dGhlIHNhbXBsZSBub25jZQ==", "")).isEqualTo(400);
        assertThat(changed("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ=")).isEqualTo(400);
        assertThat(changed("dGhlIHNhbXBsZSBub25jZQ==", "?")).isEqualTo(400);
        assertThat(changed("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n", "")).isEqualTo(400);
        assertThat(changed("HTTP/1.1", "HTTP/1.0")).isEqualTo(400);
        assertThat(changed("Host: localhost\n", "")).isEqualTo(400);
        assertThat(changed("Connection: keep-alive, Upgrade\n", "")).isEqualTo(400);
        assertThat(changed("GET", "POST")).isEqualTo(400);
    }

    @Test
    void letsInOnlyAllowedOrigins() {
        assertThat(changed("Upgrade: websocket", "Upgrade: websocket\nOrigin: https://chat.example.test"))
                .isEqualTo(101);
        assertThat(changed("Upgrade: websocket", "Upgrade: websocket\nOrigin: https://evil.example.test"))
                .isEqualTo(403);
    }

    @Test
    void letsInOnlyLivingSessions() {
        assertThat(changed("?session_token=TOKEN", "")).isEqualTo(401);
        assertThat(changed("TOKEN", "nonsense")).isEqualTo(401);
        var revoked = gateway.session("ines");
        gateway.services.revoked.add(revoked.session().sessionId());
        assertThat(changed("TOKEN", revoked.token())).isEqualTo(401);
    }

    @Test
    void takesTheTokenFromTheHeaderToo() {
        String token = gateway.session("ines", Duration.ofMinutes(1)).token();
        assertThat(changed(
                        "?session_token=TOKEN HTTP/1.1",
                        " HTTP/1.1\nAuthorization: Layer session-token=\"" + token + "\""))
                .isEqualTo(101);
    }

    @Test
    void refusesAMalformedPosition() {
        assertThat(changed("TOKEN", "TOKEN&since=yesterday")).isEqualTo(400);
        assertThat(changed("TOKEN", "TOKEN&since=0-0")).isEqualTo(101);
    }

    @Test
    void forgetsAClientThatGoesAwayMeanwhile() {
        Promise<Void> attachable = Promise.promise();
        gateway.services.attachable = attachable.future();
        RawClient ines = answer(HELLO);
        await().until(() -> gateway.connections() == 1);
        ines.close();
        assertThat(answer("GET /ping HTTP/1.1\nHost: localhost\n\n").status()).isPositive();
        attachable.complete();
        await().until(() -> gateway.connections() == 0);
        await().until(() -> gateway.services.detached.size() == 1);
    }

    private int changed(String from, String to) {
        return answer(HELLO.replace(from, to)).status();
    }

    private RawClient answer(String request) {
        String token = gateway.session("ines").token();
        return new RawClient(
                gateway.vertx,
                gateway.verticle.port(),
                request.replace("TOKEN", token).replace("\n", "\r\n"));
    }
}
