package io.continuo.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a WebSocket server that says what the real one would. */
class LoadSocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<ServerWebSocket> sockets = new LinkedBlockingQueue<>();
    private final LoadClient client = new LoadClient("ines", "token");
    private final HttpServer server = serve();
    private final LoadLoop loop =
            new LoadLoop(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));

    private HttpServer serve() {
        return await(vertx.createHttpServer(new HttpServerOptions().setWebSocketSubProtocols(List.of("layer-2.0")))
                .webSocketHandshakeHandler(handshake -> {
                    if (String.valueOf(handshake.query()).contains("session_token=token")) {
                        handshake.accept();
                    } else {
                        handshake.reject(401);
                    }
                })
                .webSocketHandler(sockets::add)
                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void end() {
        loop.close();
        await(vertx.close());
    }

    @Test
    void followsPositionsAndCounters() throws InterruptedException {
        loop.connectAll(List.of(client), (from, packet) -> {});
        ServerWebSocket socket = socket();

        socket.writeTextMessage(change(0, 1));
        socket.writeTextMessage(change(1, 2));
        socket.writeTextMessage(change(3, 4));

        assertThat(loop.await(PATIENCE, () -> client.continuity().seq() == 4)).isTrue();
        assertThat(client.continuity().lost()).isEqualTo(1);
        assertThat(client.miscounted()).isEqualTo(1);
    }

    @Test
    void readsAPacketThatComesInSeveralFrames() throws InterruptedException {
        BlockingQueue<String> packets = new LinkedBlockingQueue<>();
        loop.connectAll(List.of(client), (from, packet) -> packets.add(packet.text()));
        ServerWebSocket socket = socket();
        String large = change(0, 1).replace("{}", "\"" + "x".repeat(100_000) + "\"");

        socket.writeFrame(WebSocketFrame.textFrame(large.substring(0, 60_000), false));
        socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(large.substring(60_000)), true));

        assertThat(taken(packets)).isEqualTo(large);
        assertThat(loop.await(PATIENCE, () -> client.continuity().seq() == 1)).isTrue();
    }

    @Test
    void sendsTextAndAnswersPings() throws InterruptedException {
        loop.connectAll(List.of(client), (from, packet) -> {});
        ServerWebSocket socket = socket();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        socket.textMessageHandler(heard::add);
        socket.pongHandler(pong -> heard.add("pong " + pong));

        loop.run(() -> client.send("hello"));
        socket.writePing(Buffer.buffer("42"));

        assertThat(List.of(taken(heard), taken(heard))).containsExactlyInAnyOrder("hello", "pong 42");
    }

    @Test
    void resumesAfterACutFromItsLastPosition() throws InterruptedException {
        loop.connectAll(List.of(client), (from, packet) -> {});
        socket().writeTextMessage(change(0, 1));
        assertThat(loop.await(PATIENCE, () -> client.continuity().seq() == 1)).isTrue();

        loop.run(client::cut);
        loop.resume(client, (from, packet) -> {}).join();

        assertThat(socket().query()).endsWith("&since=1001-1");
        assertThat(loop.await(PATIENCE, client::connected)).isTrue();
    }

    @Test
    void tellsWhenItIsNotLetIn() {
        LoadClient stranger = new LoadClient("zoe", "forged");

        assertThatThrownBy(() -> loop.connectAll(List.of(stranger), (from, packet) -> {}))
                .hasMessageContaining("401");
    }

    private ServerWebSocket socket() throws InterruptedException {
        return taken(sockets);
    }

    private static <T> T taken(BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "nothing came");
    }

    private static String change(long counter, long seq) {
        return "{\"type\":\"change\",\"timestamp\":\"t\",\"counter\":" + counter + ",\"position\":\"" + (1000 + seq)
                + "-" + seq + "\",\"body\":{}}";
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
