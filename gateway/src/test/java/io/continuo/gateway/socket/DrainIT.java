package io.continuo.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.gateway.testing.Awaiting;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainIT {
    private final TestGateway gateway = new TestGateway(Map.of(
            "CONTINUO_EVENT_LOOPS", "1",
            "CONTINUO_DRAIN_PER_SECOND", "20",
            "CONTINUO_DRAIN_SECONDS", "10"));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        http.close();
        gateway.close();
    }

    @Test
    void closesSocketsAtTheSetRateAndEndsWithTheLast() {
        List<TestClient> clients = IntStream.range(0, 12)
                .mapToObj(i -> gateway.connect("user-" + i))
                .toList();
        long began = System.nanoTime();
        gateway.undeploy();
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertThat(tookMs).isBetween(450L, 5_000L);
        clients.forEach(client -> {
            assertThat(client.closeCode()).isEqualTo(1012);
            assertThat(client.socket().closeReason()).isEqualTo("restart");
        });
    }

    @Test
    void answersRequestsOnASocketBeforeItIsClosed() {
        Promise<Void> later = Promise.promise();
        gateway.services.listable = later.future();
        TestClient ines = gateway.connect("ines");
        ines.request("Conversation.list", "r1", new JsonObject());
        ines.request("Counter.read", "r2", new JsonObject());
        gateway.connect("omar").request("Counter.read", "r", new JsonObject()).response("r");
        CompletableFuture<Void> undeployed = CompletableFuture.runAsync(gateway::undeploy);
        await().until(() -> gateway.connections() == 1);
        later.complete();
        assertThat(ines.closeCode()).isEqualTo(1012);
        assertThat(ines.response("r1").getBoolean("success")).isTrue();
        assertThat(ines.response("r2").getBoolean("success")).isTrue();
        undeployed.join();
    }

    @Test
    void answersRequestsByHttpAndThenClosesTheirConnections() throws Exception {
        Promise<Void> later = Promise.promise();
        gateway.readiness.open();
        assertThat(get("/conversations").headers().firstValue("Connection")).isEmpty();
        gateway.services.listable = later.future();
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request("/conversations?page_size=7"), HttpResponse.BodyHandlers.ofString());
        gateway.readiness.close();
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health").headers().firstValue("Connection")).contains("close");
        CompletableFuture<Void> undeployed = CompletableFuture.runAsync(gateway::undeploy);
        assertThat(undeployed).isNotDone();
        later.complete();
        assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        // Not after all of the drain time: the connection that is kept open by the client does not count.
        undeployed.get(5, TimeUnit.SECONDS);
    }

    @Test
    void sendsAHandshakeThatIsUnderWayElsewhereAndNotAway() {
        Promise<Void> later = Promise.promise();
        gateway.services.attachable = later.future();
        String token = gateway.session("ines").token();
        RawClient late = new RawClient(gateway.vertx, gateway.verticle.port(), """
                GET /websocket?session_token=TOKEN HTTP/1.1
                Host: localhost
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Protocol: layer-2.0

                """.replace("TOKEN", token)
                .replace("\n", "\r\n"));
        await().until(() -> gateway.connections() == 1);
        Awaiting.get(gateway.verticle.drain());
        later.complete();
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.head()).containsIgnoringCase("retry-after: 1").containsIgnoringCase("connection: close");
    }

    @Test
    void handsOverThoseAtRestAndSaysWhy() {
        Promise<Void> later = Promise.promise();
        gateway.services.listable = later.future();
        TestClient busy = gateway.connect("busy");
        TestClient quiet = gateway.connect("quiet");
        TestClient recent = gateway.connect("recent");
        recent.request("Counter.read", "r1", new JsonObject()).response("r1");
        busy.request("Conversation.list", "r1", new JsonObject());
        await().until(() -> gateway.connections() == 3);
        gateway.verticle.move(1);
        assertThat(quiet.closeCode()).isEqualTo(1012);
        assertThat(quiet.socket().closeReason()).isEqualTo("rebalance");
        gateway.verticle.move(2);
        assertThat(recent.closeCode()).isEqualTo(1012);
        assertThat(gateway.connections()).isEqualTo(1);
        later.complete();
        assertThat(busy.response("r1").getBoolean("success")).isTrue();
        assertThat(gateway.count("continuo.connections.moved")).isEqualTo(2);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.verticle.port() + path))
                .header("Accept", "application/vnd.layer+json; version=2.0")
                .header(
                        "Authorization",
                        "Layer session-token=\"" + gateway.session("ines").token() + "\"")
                .build();
    }
}
