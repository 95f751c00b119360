package io.continuo.standalone.process;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A balancer of TCP connections: each goes to the healthy gateway with the fewest. It asks {@code /health} for who is
 * healthy, and never cuts what is open.
 */
public final class LeastConnections implements AutoCloseable {
    private static final long EVERY_MS = 100;

    private final Vertx vertx = Vertx.vertx();
    /** Kept: what nobody refers to is closed. */
    private final NetClient client = vertx.createNetClient();

    private final HttpClient health = vertx.createHttpClient();
    private final NetServer server;
    private final long timer;
    private final List<Backend> backends = new CopyOnWriteArrayList<>();

    private static final class Backend {
        private final int port;
        private final AtomicInteger connections = new AtomicInteger();
        private volatile boolean healthy;

        Backend(int port) {
            this.port = port;
        }
    }

    public LeastConnections() {
        server = vertx.createNetServer()
                .connectHandler(this::forward)
                .listen(0, "127.0.0.1")
                .await();
        timer = vertx.setPeriodic(EVERY_MS, tick -> backends.forEach(this::check));
    }

    /** Where clients come in. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** One more gateway, once it is healthy. */
    public void add(String url) {
        backends.add(new Backend(URI.create(url).getPort()));
    }

    /** How many gateways are healthy. */
    public long healthy() {
        return backends.stream().filter(backend -> backend.healthy).count();
    }

    private void forward(NetSocket socket) {
        socket.pause();
        Optional<Backend> least = backends.stream()
                .filter(backend -> backend.healthy)
                .min(Comparator.comparingInt(backend -> backend.connections.get()));
        if (least.isEmpty()) {
            socket.close();
            return;
        }
        least.get().connections.incrementAndGet();
        socket.closeHandler(end -> least.get().connections.decrementAndGet());
        client.connect(least.get().port, "127.0.0.1")
                .onSuccess(there -> {
                    socket.pipeTo(there);
                    there.pipeTo(socket);
                })
                .onFailure(nobody -> socket.close());
    }

    private void check(Backend backend) {
        health.request(HttpMethod.GET, backend.port, "127.0.0.1", "/health")
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::statusCode)
                .otherwise(0)
                .onSuccess(status -> backend.healthy = status == 200);
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        vertx.close().await();
    }
}
