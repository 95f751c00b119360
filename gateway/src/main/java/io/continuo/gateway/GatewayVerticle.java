package io.continuo.gateway;

import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.Standstill;
import io.continuo.common.settings.HttpSettings;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.admission.Admission;
import io.continuo.gateway.atmosphere.Atmosphere;
import io.continuo.gateway.atmosphere.navixy.LayerSide;
import io.continuo.gateway.atmosphere.navixy.Navixy;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.Renewals;
import io.continuo.gateway.balance.Share;
import io.continuo.gateway.dialect.Renderers;
import io.continuo.gateway.http.GatewayHttp;
import io.continuo.gateway.login.Hashes;
import io.continuo.gateway.socket.DrainPace;
import io.continuo.gateway.socket.Loop;
import io.continuo.gateway.socket.Upgrade;
import io.continuo.gateway.subject.SubjectFeed;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of the gateway: routes and sockets on the common port. Deploy one per event loop; Vert.x shares the
 * port among them.
 */
public final class GatewayVerticle extends VerticleBase implements Share {
    /** How long a client may take for its part of the closing handshake. */
    private static final int CLOSING_SECONDS = 3;

    private static final Duration LEAST_ANSWERING = Duration.ofSeconds(1);
    private static final int HTTP_IDLE_SECONDS = 60;
    private static final String HEALTH = "/health";

    private final GatewayNode node;
    private final Settings settings;
    private final String address;
    private volatile @Nullable Loop loop;
    private volatile @Nullable Atmosphere atmosphere;
    private @Nullable SubjectFeed feed;
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
        Atmosphere others = atmosphere;
        if (draining == null || others == null) {
            return Future.succeededFuture();
        }
        return Future.future(done -> context.runOnContext(now -> {
            others.drain();
            draining.drain(pace(), others.clients()).onComplete(done);
        }));
    }

    /** This loop's share. */
    private DrainPace pace() {
        HttpSettings http = settings.http();
        return new DrainPace((double) http.drainPerSecond() / settings.node().eventLoops(), http.drainSeconds());
    }

    /** The port on which this listens. */
    public int port() {
        return server == null ? -1 : server.actualPort();
    }

    @Override
    public int connections() {
        Loop running = loop;
        Atmosphere others = atmosphere;
        return running == null || others == null ? 0 : running.connections() + others.size();
    }

    @Override
    public void move(int count) {
        Loop running = loop;
        Atmosphere others = atmosphere;
        if (running != null && others != null && count > 0) {
            context.runOnContext(now -> running.move(count, others.clients()));
        }
    }

    @Override
    public Future<?> stop() {
        HttpServer listening = server;
        Loop running = loop;
        Atmosphere others = atmosphere;
        SubjectFeed watching = feed;
        if (listening == null || running == null || others == null || watching == null) {
            return Future.succeededFuture();
        }
        long began = System.nanoTime();
        return drain().eventually(() -> listening.shutdown(answering(began)))
                .eventually(running::stop)
                .eventually(others::stop)
                .eventually(watching::stop);
    }

    /** What is left of the drain time is for HTTP requests that are still being answered. */
    private Duration answering(long drainBegan) {
        Duration left = Duration.ofSeconds(settings.http().drainSeconds()).minusNanos(System.nanoTime() - drainBegan);
        return left.compareTo(LEAST_ANSWERING) < 0 ? LEAST_ANSWERING : left;
    }

    private Future<?> start(Authenticator authenticator) {
        ServiceClient services =
                new ServiceClient(vertx, new Partitions(settings.redis().partitions()), node.meters());
        new Departures(services).watch(vertx);
        Loop sockets = new Loop(
                vertx,
                address,
                services,
                new Renewals(authenticator, services),
                node.metrics(),
                node.requests(),
                settings,
                node.proof());
        Renderers renderers = GatewayHttp.renderers(settings);
        Admission admission = new Admission(
                vertx, address, settings.admission(), settings.node().eventLoops(), node.meters());
        Router router =
                GatewayHttp.router(vertx, settings, services, authenticator, admission, renderers, node.requests());
        Upgrade upgrade = new Upgrade(sockets, settings, authenticator, admission, renderers);
        SubjectFeed subjects = new SubjectFeed(vertx, address, services);
        Hashes hashed = new Hashes(vertx, services, authenticator);
        Atmosphere events = new Atmosphere(
                vertx,
                settings,
                address,
                services,
                admission,
                Navixy.starter(
                        vertx,
                        subjects,
                        hashed,
                        new LayerSide(sockets, services, renderers),
                        settings.atmosphere().wrapStates()),
                node.visits());
        HttpServer listening = vertx.createHttpServer(options()).requestHandler(request -> {
            if (Atmosphere.isMeant(request)) {
                events.handle(request);
            } else if (Upgrade.isMeant(request)) {
                upgrade.handle(request);
            } else if (sockets.isCatchingUp()) {
                answerLater(request, router);
            } else {
                answer(request, router);
            }
        });
        loop = sockets;
        atmosphere = events;
        feed = subjects;
        server = listening;
        return Future.all(sockets.start(), subjects.start(), events.start()).compose(started -> listening.listen());
    }

    /** Unless whoever asked has gone by then: what is asked elsewhere must not be done here too, and later. */
    private void answerLater(HttpServerRequest request, Router router) {
        request.pause();
        vertx.setTimer(Standstill.CATCH_UP_MS, caughtUp -> {
            if (!request.response().closed()) {
                request.resume();
                answer(request, router);
            }
        });
    }

    private void answer(HttpServerRequest request, Router router) {
        if (!node.readiness().isOpen() && request.version() != HttpVersion.HTTP_2) {
            // The next request on this connection is to find another node. HTTP/2 forbids the header.
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (HEALTH.equals(request.path())) {
            tellHealth(request);
        } else {
            router.handle(request);
        }
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
