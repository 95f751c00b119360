package io.continuo.gateway.socket;

import static io.continuo.gateway.testing.Awaiting.get;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/** A TCP connection that says exactly what it is told, and answers no pings. */
final class RawClient {
    private volatile String received = "";
    private volatile boolean closed;
    /** A client that nobody refers to is closed, with its sockets, by the next garbage collection. */
    private final NetClient client;

    private final NetSocket socket;

    RawClient(Vertx vertx, int port, String text) {
        client = vertx.createNetClient();
        socket = get(client.connect(port, "localhost"));
        socket.handler(bytes -> received = received.concat(bytes.toString(StandardCharsets.ISO_8859_1)));
        socket.closeHandler(nothing -> closed = true);
        socket.write(Buffer.buffer(text));
    }

    /** HTTP status of the answer. */
    int status() {
        await().until(() -> received().contains("\r\n\r\n"));
        return Integer.parseInt(received().substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
    }

    String head() {
        status();
        return received().substring(0, received().indexOf("\r\n\r\n"));
    }

    void close() {
        get(socket.close());
        get(client.close());
    }

    boolean isClosed() {
        return closed;
    }

    /** Everything that came, a byte as a character. */
    String received() {
        return received;
    }
}
