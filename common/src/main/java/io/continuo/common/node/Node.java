package io.continuo.common.node;

import io.continuo.common.admin.AdminServer;
import io.continuo.common.admin.EventLoopDelayVerticle;
import io.continuo.common.admin.Meters;
import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.cluster.ClusterBus;
import io.continuo.common.cluster.SplitWatch;
import io.continuo.common.redis.HeartbeatVerticle;
import io.continuo.common.settings.HttpSettings;
import io.continuo.common.settings.Settings;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process with its role: what all roles share, and the role itself. Its methods block: for the main thread alone. */
public final class Node {
    private static final Logger log = LoggerFactory.getLogger(Node.class);

    /** For all that is to stop once the sockets are closed. */
    private static final int BEYOND_DRAIN_MS = 400;
    /** For handing over what others go on with, and for leaving the cluster. */
    private static final int LEAVE_MS = 8_000;

    private static final int JOIN_SECONDS = 60;
    private static final int READY_CHECK_MS = 25;

    private final Role role;
    private final Settings settings;
    private final Parts parts;
    private final Readiness readiness = new Readiness();
    private final Meters meters = new Meters();
    private final String id;
    private final Vertx vertx;
    private final Deployer deployer;
    private final AdminServer admin;

    private Node(Role role, Settings settings, Parts parts) {
        this.role = role;
        this.settings = settings;
        this.parts = parts;
        vertx = role.isClustered()
                ? joined(settings, parts)
                : Vertx.builder()
                        .with(options(settings))
                        .withTransport(transport())
                        .build();
        id = role.isClustered() ? ClusterBus.nodeId(vertx) : UUID.randomUUID().toString();
        deployer = new Deployer(vertx, parts);
        HttpSettings http = settings.http();
        admin = new AdminServer(http.host(), http.adminPort(), readiness, meters.registry());
    }

    /**
     * Starts everything and returns when it has started; whether it is ready is another question.
     *
     * @param onSplit called once, on an event loop, when the cluster has gone on without this node
     * @throws StartException when something cannot be started; then all the rest is stopped again
     */
    static Node start(Role role, Settings given, Runnable onSplit) {
        Parts parts = new Parts();
        try {
            Node node = new Node(role, role.prepare(given, parts), parts);
            node.start(onSplit);
            return node;
        } catch (RuntimeException failure) {
            parts.stop(Duration.ofMillis(LEAVE_MS));
            throw failure;
        }
    }

    /** Waits until all that the role depends on works. */
    void awaitReady() throws InterruptedException {
        while (!readiness.isReady()) {
            Thread.sleep(READY_CHECK_MS);
        }
    }

    /**
     * Takes no more traffic, closes the sockets at an even pace, and ends everything; what is late is left to the end of
     * the process.
     *
     * @return whether nothing is left
     */
    boolean stop() {
        readiness.close();
        HttpSettings http = settings.http();
        return parts.stop(Duration.ofSeconds(http.drainDelaySeconds() + http.drainSeconds())
                .plusMillis(role.isClustered() ? LEAVE_MS : BEYOND_DRAIN_MS));
    }

    /** As they were completed by the role. */
    public Settings settings() {
        return settings;
    }

    public Vertx vertx() {
        return vertx;
    }

    public Deployer deployer() {
        return deployer;
    }

    public Parts parts() {
        return parts;
    }

    public Readiness readiness() {
        return readiness;
    }

    public Meters meters() {
        return meters;
    }

    /** Unique to this run of the process. */
    public String id() {
        return id;
    }

    /** Where the admin port listens. */
    public int adminPort() {
        return admin.actualPort();
    }

    private void start(Runnable onSplit) {
        int loops = settings.node().eventLoops();
        RecordCodec.register(vertx);
        deployer.listen("the admin port", "CONTINUO_ADMIN_PORT", settings.http().adminPort(), List.of(admin));
        deployer.deploy(
                "the event loops' meter",
                IntStream.range(0, loops)
                        .mapToObj(i -> new EventLoopDelayVerticle(meters.registry()))
                        .toList());
        Gauge.builder("continuo.silent.nodes", vertx, ClusterBus::silent)
                .description("Processes of the cluster that this one does not hear")
                .register(meters.registry());
        HeartbeatVerticle heartbeat = new HeartbeatVerticle(settings.redis(), id, meters.registry());
        deployer.deploy("the link to Redis (CONTINUO_REDIS)", heartbeat);
        readiness.require("redis", () -> heartbeat.isHeard(settings.node().canaryLate()));
        if (role.isClustered()) {
            deployer.deploy(
                    "the watch for splits", new SplitWatch(settings.redis(), () -> ClusterBus.nodes(vertx), onSplit));
        }
        role.start(this);
        readiness.open();
        log.info("Node {} runs on {} event loops, admin port {}", id, loops, admin.actualPort());
    }

    private static Vertx joined(Settings settings, Parts parts) {
        VertxOptions options = options(settings);
        try {
            Vertx vertx =
                    ClusterBus.join(options, transport(), settings.cluster()).await(JOIN_SECONDS, TimeUnit.SECONDS);
            parts.add("the cluster", limitMs -> vertx.close().await(limitMs, TimeUnit.MILLISECONDS));
            return vertx;
        } catch (Exception failure) {
            throw new StartException("Cannot join the cluster (CONTINUO_CLUSTER_…): " + failure);
        }
    }

    private static VertxOptions options(Settings settings) {
        return new VertxOptions().setEventLoopPoolSize(settings.node().eventLoops());
    }

    /** Epoll where there is one: it costs sockets less than NIO does. */
    private static Transport transport() {
        return Transport.EPOLL.available() ? Transport.EPOLL : Transport.NIO;
    }
}
