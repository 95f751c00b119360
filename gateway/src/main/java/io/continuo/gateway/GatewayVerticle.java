package io.continuo.gateway;

import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.settings.HttpSettings;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.Renewals;
import io.continuo.gateway.dialect.Renderers;
import io.continuo.gateway.http.GatewayHttp;
import io.continuo.gateway.socket.Loop;
import io.continuo.gateway.socket.Upgrade;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of the gateway: routes and sockets on the common port. Deploy one per event loop; Vert.x shares the
 * port among them.
 */
public final class GatewayVerticle extends VerticleBase {
    /** How long a client may take for its part of the closing handshake. */
    private static final int CLOSING_SECONDS = 3;

    private static final int HTTP_IDLE_SECONDS = 60;
    private static final String HEALTH = "/health";

    private final GatewayNode node;
    private final Settings settings;
    private final String address;
    private @Nullable Loop loop;
    private @Nullable HttpServer server;

    /** @param index of the event loop, from 0 */
    GatewayVerticle(GatewayNode node, int index) {
        this.node = node;
        settings = node.settings();
        address = Addresses.loop(node.id(), index);
    }

    /** A gateway of one event loop. */
    public static GatewayVerticle alone(Settings settings, String nodeId, Readiness readiness, MeterRegistry meters) {
        return new GatewayVerticle(new GatewayNode(settings, nodeId, readiness, meters), 0);
    }

    @Override
    public Future<?> start() {
        return Authenticator.create(vertx, settings.auth()).compose(this::start);
    }

    /**
     * Closes the sockets at an even pace and takes no new ones; routes go on. To be called on any thread, once readiness
     * is turned false.
     */
    public Future<Void> drain() {
        Loop draining = loop;
        return draining == null
                ? Future.succeededFuture()
                : Future.future(done -> context.runOnContext(
                        now -> draining.drain(settings.http().drainSeconds()).onComplete(done)));
    }

    /** The port on which this listens. */
    public int port() {
        return server == null ? -1 : server.actualPort();
    }

    @Override
    public Future<?> stop() {
        HttpServer listening = server;
        Loop running = loop;
        if (listening == null || running == null) {
            return Future.succeededFuture();
        }
        return drain().eventually(() -> listening.shutdown(Duration.ofSeconds(1)))
                .eventually(running::stop);
    }

    private Future<?> start(Authenticator authenticator) {
        ServiceClient services =
                new ServiceClient(vertx, new Partitions(settings.redis().partitions()), node.meters());
        Loop sockets = new Loop(
                vertx,
                address,
                services,
                new Renewals(authenticator, services),
                node.metrics(),
                node.requests(),
                settings,
                node.meters());
        node.dependOn(sockets.canary());
        Renderers renderers = GatewayHttp.renderers(settings);
        Router router = GatewayHttp.router(vertx, settings, services, authenticator, renderers, node.requests());
        Upgrade upgrade = new Upgrade(sockets, settings, authenticator, renderers);
        HttpServer listening = vertx.createHttpServer(options()).requestHandler(request -> {
            if (Upgrade.isMeant(request)) {
                upgrade.handle(request);
            } else if (request.path().equals(HEALTH)) {
                tellHealth(request);
            } else {
                router.handle(request);
            }
        });
        loop = sockets;
        server = listening;
        return sockets.start().compose(started -> listening.listen());
    }

    /** What the admin port says too, for balancers that reach only this one. */
    private void tellHealth(HttpServerRequest request) {
        Readiness.Report report = node.readiness().report();
        request.response()
                .setStatusCode(report.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(report.json());
    }

    private HttpServerOptions options() {
        HttpSettings http = settings.http();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(http.host())
                .setPort(http.port())
                .setTcpNoDelay(true)
                .setIdleTimeout(HTTP_IDLE_SECONDS)
                .setStrictThreadMode(true)
                .setRegisterWebSocketWriteHandlers(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(settings.limits().messageBytes())
                .setWebSocketClosingTimeout(CLOSING_SECONDS);
        http.tls()
                .ifPresent(tls -> options.setSsl(true)
                        .setKeyCertOptions(
                                new PemKeyCertOptions().addCertPath(tls.cert()).addKeyPath(tls.key())));
        return options;
    }
}
