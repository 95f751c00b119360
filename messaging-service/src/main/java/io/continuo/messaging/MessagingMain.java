package io.continuo.messaging;

import io.continuo.common.node.Launcher;
import io.continuo.common.node.Node;
import io.continuo.common.node.Parts;
import io.continuo.common.node.Provisions;
import io.continuo.common.node.Role;
import io.continuo.common.settings.Settings;
import java.util.stream.IntStream;

/** Runs one process of the messaging service, with an instance on each event loop. */
public final class MessagingMain implements Role {
    private static final String HELP = """
            Continuo's messaging service: conversations, messages, histories, as one process of a cluster.

            Usage: run messaging-service [--help]

            It is set by environment variables, which docs/configuration.md lists. The most useful ones:
              CONTINUO_REDIS            the Redis that all processes share
              CONTINUO_CLUSTER_MEMBERS  where to look for the other processes
              CONTINUO_CLUSTER_HOST     the address of this machine that the others reach it by (127.0.0.1)
              CONTINUO_ADMIN_PORT       /health/live, /health/ready, /metrics (9090); 0 takes a free one

            It is ready when it prints one line, with its admin port: Continuo messaging-service is ready: http://localhost:9090
            SIGTERM stops it in order: what it works on goes to the others first.
            """;

    private MessagingMain() {}

    public static void main(String[] args) {
        Launcher.run(new MessagingMain(), args);
    }

    @Override
    public String title() {
        return "Continuo messaging-service";
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
        return Provisions.ofCluster(given);
    }

    @Override
    public void start(Node node) {
        Settings settings = node.settings();
        node.deployer()
                .deploy(
                        "the messaging service",
                        IntStream.range(0, settings.node().eventLoops())
                                .mapToObj(i -> new MessagingVerticle(
                                        settings,
                                        node.id() + "." + i,
                                        node.meters().registry()))
                                .toList());
    }

    @Override
    public String address(Node node) {
        return Provisions.address(node.settings().http(), false, node.adminPort());
    }
}
