package io.continuo.standalone;

import io.continuo.common.admin.AdminServer;
import io.continuo.common.admin.EventLoopDelayVerticle;
import io.continuo.common.admin.Meters;
import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.redis.HeartbeatVerticle;
import io.continuo.common.settings.HttpSettings;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.GatewayVerticle;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.continuo.messaging.MessagingVerticle;
import io.continuo.presence.PresenceVerticle;
import io.continuo.redis.EmbeddedRedis;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of Continuo in this process, from Redis up to the port. Its methods block: they are for the main alone. */
final class Node {
    private static final Logger log = LoggerFactory.getLogger(Node.class);

    /** For all that is to stop once the sockets are closed. */
    private static final int BEYOND_DRAIN_MS = 400;

    private final Parts parts = new Parts();
    private final Readiness readiness = new Readiness();
    private final String id = UUID.randomUUID().toString();

    private final Duration stopLimit;

    private Node(Settings settings) {
        stopLimit = Duration.ofSeconds(settings.http().drainSeconds()).plusMillis(BEYOND_DRAIN_MS);
    }

    /**
     * Starts everything and returns when it serves.
     *
     * @throws StartException when something cannot be started; then all the rest is stopped again
     */
    static Node start(Settings settings) {
        Node node = new Node(settings);
        try {
            node.startRedis(settings);
            return node;
        } catch (RuntimeException failure) {
            node.stop();
            throw failure;
        }
    }

    /**
     * Takes no more traffic, closes the sockets at an even pace, and ends everything but the threads, which end with the
     * process.
     */
    void stop() {
        readiness.close();
        parts.stop(stopLimit);
    }

    private void startRedis(Settings settings) {
        if (settings.redis().uri().isEmpty()) {
            EmbeddedRedis redis = EmbeddedRedis.start(settings.node().dataDir().resolve("redis"));
            parts.add("Redis", limitMs -> redis.close());
            // Always of the same name, the service resumes its partitions at once, even after a crash.
            startServices(settings.with(settings.redis().at(redis.uri())), "standalone");
        } else {
            startServices(settings, id);
        }
    }

    private void startServices(Settings settings, String messagingInstance) {
        HttpSettings http = settings.http();
        int loops = settings.node().eventLoops();
        Meters meters = new Meters();
        Vertx vertx = vertx(loops);
        RecordCodec.register(vertx);

        Deployer deployer = new Deployer(vertx, parts);
        AdminServer admin = new AdminServer(http.host(), http.adminPort(), readiness, meters.registry());
        deployer.listen("the admin port", "CONTINUO_ADMIN_PORT", http.adminPort(), List.of(admin));
        deployer.deploy(
                "the event loops' meter",
                IntStream.range(0, loops)
                        .mapToObj(i -> new EventLoopDelayVerticle(meters.registry()))
                        .toList());
        HeartbeatVerticle heartbeat = new HeartbeatVerticle(settings.redis(), id);
        deployer.deploy("the link to Redis (CONTINUO_REDIS)", heartbeat);
        readiness.require("redis", heartbeat::isHeard);
        deployer.deploy("the messaging service", new MessagingVerticle(settings, messagingInstance, meters.registry()));
        deployer.deploy("the presence service", new PresenceVerticle(settings));
        SocketMetrics sockets = new SocketMetrics(meters.registry());
        deployer.listen(
                "the gateway",
                "CONTINUO_PORT",
                http.port(),
                IntStream.range(0, loops)
                        .mapToObj(loop -> new GatewayVerticle(settings, id, loop, sockets))
                        .toList());

        readiness.open();
        log.info("Node {} runs on {} event loops, admin port {}", id, loops, admin.actualPort());
    }

    /** Epoll where there is one: it costs sockets less than NIO does. */
    private static Vertx vertx(int eventLoops) {
        Transport transport = Transport.EPOLL.available() ? Transport.EPOLL : Transport.NIO;
        log.debug("Transport {}", transport.name());
        return Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(eventLoops))
                .withTransport(transport)
                .build();
    }
}
