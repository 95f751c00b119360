package io.continuo.gateway.socket;

import static io.continuo.gateway.testing.Awaiting.get;

import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.GatewayVerticle;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.SessionToken;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A gateway of one event loop on a free port, with fake services behind it. */
final class TestGateway implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final FakeServices services;
    final GatewayVerticle verticle;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Readiness readiness = new Readiness();

    /** Kept: a client that nobody refers to any more closes its sockets. */
    private final WebSocketClient sockets =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxFrameSize(1_000_000));

    private final Authenticator authenticator;
    private final String deployment;

    TestGateway(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(
                Map.of("CONTINUO_PORT", "0", "CONTINUO_SESSION_SECRET", "a-secret-for-tests-that-is-long-enough"));
        variables.putAll(more);
        Settings settings = Settings.of(variables);
        RecordCodec.register(vertx);
        services = new FakeServices(vertx);
        verticle = GatewayVerticle.alone(settings, "test", readiness, meters);
        authenticator = get(Authenticator.create(vertx, settings.auth()));
        deployment = get(vertx.deployVerticle(verticle));
    }

    SessionToken session(String user) {
        return session(user, Duration.ofHours(1));
    }

    SessionToken session(String user, Duration ttl) {
        return authenticator.issue(user, ttl);
    }

    TestClient connect(String user) {
        return connect(user, "");
    }

    /** @param query what follows the token, such as {@code &since=…} */
    TestClient connect(String user, String query) {
        return connect(session(user), "layer-2.0", query);
    }

    TestClient connect(SessionToken session, String subprotocol, String query) {
        var options = new WebSocketConnectOptions()
                .setHost("localhost")
                .setPort(verticle.port())
                .setURI("/websocket?session_token=" + session.token() + query)
                .setAllowOriginHeader(false)
                .addSubProtocol(subprotocol);
        TestClient client = new TestClient();
        get(sockets.webSocket()
                .textMessageHandler(text -> client.receive(Buffer.buffer(text)))
                .binaryMessageHandler(client::receive)
                .closeHandler(nothing -> client.closed())
                .connect(options)
                .onSuccess(client::opened));
        return client;
    }

    double count(String meter, String... tags) {
        return meters.counter(meter, tags).count();
    }

    double connections() {
        return meters.get("continuo.connections").gauge().value();
    }

    void undeploy() {
        get(vertx.undeploy(deployment));
    }

    @Override
    public void close() {
        get(vertx.close());
    }
}
