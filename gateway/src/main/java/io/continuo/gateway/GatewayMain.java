package io.continuo.gateway;

import io.continuo.common.node.Launcher;
import io.continuo.common.node.Node;
import io.continuo.common.node.Parts;
import io.continuo.common.node.Provisions;
import io.continuo.common.node.Role;
import io.continuo.common.settings.HttpSettings;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.balance.BalanceVerticle;
import java.util.List;
import java.util.stream.IntStream;

/** Runs one gateway of a cluster. */
public final class GatewayMain implements Role {
    private static final String HELP = """
            Continuo's gateway: sockets, REST routes and the chat page, as one process of a cluster.

            Usage: run gateway [--help]

            It is set by environment variables, which docs/configuration.md lists. The most useful ones:
              CONTINUO_REDIS            the Redis that all processes share
              CONTINUO_SESSION_SECRET   the secret that all gateways share, at least 32 characters
              CONTINUO_CLUSTER_MEMBERS  where to look for the other processes
              CONTINUO_CLUSTER_HOST     the address of this machine that the others reach it by (127.0.0.1)
              CONTINUO_PORT             HTTP, WebSocket and the chat page (8080); 0 takes a free one
              CONTINUO_ADMIN_PORT       /health/live, /health/ready, /metrics (9090); 0 takes a free one

            It is ready, once the services answer, when it prints: Continuo gateway is ready: http://localhost:8080
            SIGTERM stops it in order: not ready, sockets closed at an even pace, gone from the cluster.
            """;

    private GatewayMain() {}

    public static void main(String[] args) {
        Launcher.run(new GatewayMain(), args);
    }

    /** Deploys a gateway on all event loops of a node. */
    public static void deploy(Node node) {
        Settings settings = node.settings();
        GatewayNode gateway = new GatewayNode(
                settings, node.id(), node.readiness(), node.meters().registry());
        List<GatewayVerticle> loops = IntStream.range(0, settings.node().eventLoops())
                .mapToObj(loop -> new GatewayVerticle(gateway, loop))
                .toList();
        node.deployer().listen("the gateway", "CONTINUO_PORT", settings.http().port(), loops);
        if (node.vertx().isClustered()) {
            int perSecond = settings.admission().movesPerSecond();
            node.deployer()
                    .deploy(
                            "the balance of gateways",
                            new BalanceVerticle(node.id(), perSecond, node.readiness(), loops));
        }
        long delayMs = settings.http().drainDelaySeconds() * 1_000L;
        node.parts().add("taking new clients", limitMs -> Thread.sleep(delayMs));
    }

    /** Where a node's clients come in. */
    public static String url(Node node) {
        HttpSettings http = node.settings().http();
        return Provisions.address(http, http.tls().isPresent(), http.port());
    }

    @Override
    public String title() {
        return "Continuo gateway";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public boolean isClustered() {
        return true;
    }

    @Override
    public Settings prepare(Settings given, Parts parts) {
        return Provisions.ofGateway(given);
    }

    @Override
    public void start(Node node) {
        ServicesProbe probe = new ServicesProbe(node.settings().redis().partitions());
        node.deployer().deploy("the look-out for services", probe);
        node.readiness().require("messaging", probe::hasMessaging);
        node.readiness().require("presence", probe::hasPresence);
        deploy(node);
    }

    @Override
    public String address(Node node) {
        return url(node);
    }
}
