package io.continuo.common.node;

import io.continuo.common.canary.Proof;
import io.continuo.common.settings.Settings;
import io.vertx.core.Deployable;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A service that runs in processes of its own, with an instance on each event loop.
 *
 * @param name as {@code ./run} knows it
 * @param purpose what it is about, in a few words
 * @param instances makes the instances, one on each event loop, which are counted from 0; the node is ready only while they
 *     prove that they work
 */
public record ServiceRole(String name, String purpose, BiFunction<Node, Proof, IntFunction<Deployable>> instances)
        implements Role {

    @Override
    public String title() {
        return "Continuo " + name;
    }

    @Override
    public String help() {
        return """
                Continuo's %1$s: %2$s, as one process of a cluster.

                Usage: run %1$s [--help]

                It is set by environment variables, which docs/configuration.md lists. The most useful ones:
                  CONTINUO_REDIS            the Redis that all processes share
                  CONTINUO_CLUSTER_MEMBERS  where to look for the other processes
                  CONTINUO_CLUSTER_HOST     the address of this machine that the others reach it by (127.0.0.1)
                  CONTINUO_ADMIN_PORT       /health/live, /health/ready, /metrics (9090); 0 takes a free one

                It is ready when it prints one line, with its admin port: Continuo %1$s is ready: http://localhost:9090
                SIGTERM stops it in order: what it works on goes to the others first.
                """.formatted(name, purpose);
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
        Proof proof = new Proof(
                "service",
                node.settings().node().canaryLate(),
                node.readiness(),
                node.meters().registry());
        int loops = node.settings().node().eventLoops();
        node.deployer()
                .deploy(
                        "the " + name,
                        IntStream.range(0, loops)
                                .mapToObj(instances.apply(node, proof))
                                .toList());
    }

    @Override
    public String address(Node node) {
        return Provisions.address(node.settings().http(), false, node.adminPort());
    }
}
