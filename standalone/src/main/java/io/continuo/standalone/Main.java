package io.continuo.standalone;

import io.continuo.common.canary.Proof;
import io.continuo.common.node.Launcher;
import io.continuo.common.node.Node;
import io.continuo.common.node.Parts;
import io.continuo.common.node.Role;
import io.continuo.common.node.StartException;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.GatewayMain;
import io.continuo.messaging.MessagingVerticle;
import io.continuo.presence.PresenceVerticle;
import io.continuo.redis.EmbeddedRedis;
import io.continuo.redis.EmbeddedRedisException;
import io.micrometer.core.instrument.MeterRegistry;

/** Runs Continuo in one process, from Redis up to the port. */
public final class Main implements Role {
    private static final String HELP = """
            Continuo: real-time messaging, all in one process.

            Usage: run [--help]

            It is set by environment variables, which docs/configuration.md lists. The most useful ones:
              CONTINUO_PORT        HTTP, WebSocket and the chat page (8080)
              CONTINUO_HOST        where to listen (127.0.0.1)
              CONTINUO_ADMIN_PORT  /health/live, /health/ready, /metrics (9090)
              CONTINUO_DATA_DIR    where the data are kept (./data)
              CONTINUO_REDIS       a Redis to use instead of an own one, such as redis://localhost:6379
              CONTINUO_LOG_LEVEL   trace, debug, info, warn or error (info)

            It is ready when it prints one line: Continuo is ready: http://localhost:8080
            Ctrl-C or SIGTERM stops it in order.
            """;

    private boolean ownsRedis;

    Main() {}

    public static void main(String[] args) {
        Launcher.run(new Main(), args);
    }

    @Override
    public String title() {
        return "Continuo";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public boolean isClustered() {
        return false;
    }

    @Override
    public Settings prepare(Settings given, Parts parts) {
        Settings complete = OwnProvisions.complete(given);
        ownsRedis = complete.redis().uri().isEmpty();
        return ownsRedis ? complete.with(complete.redis().at(startRedis(complete, parts))) : complete;
    }

    @Override
    public void start(Node node) {
        // Always of the same name, the service resumes its partitions at once, even after a crash.
        String messagingInstance = ownsRedis ? "standalone" : node.id();
        Settings settings = node.settings();
        MeterRegistry meters = node.meters().registry();
        node.deployer()
                .deploy(
                        "the messaging service",
                        new MessagingVerticle(settings, messagingInstance, meters, proof("messaging", node)));
        node.deployer()
                .deploy("the presence service", new PresenceVerticle(settings, node.id(), proof("presence", node)));
        GatewayMain.deploy(node);
    }

    private static Proof proof(String service, Node node) {
        return new Proof(
                service,
                node.settings().node().canaryLate(),
                node.readiness(),
                node.meters().registry());
    }

    @Override
    public String address(Node node) {
        return GatewayMain.url(node);
    }

    private static String startRedis(Settings settings, Parts parts) {
        try {
            EmbeddedRedis redis = EmbeddedRedis.start(settings.node().dataDir().resolve("redis"));
            parts.add("Redis", limitMs -> redis.close());
            return redis.uri();
        } catch (EmbeddedRedisException impossible) {
            throw new StartException(String.valueOf(impossible.getMessage()));
        }
    }
}
