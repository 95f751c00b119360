package io.continuo.common.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import io.continuo.common.bus.Addresses;
import io.continuo.common.settings.ClusterSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.impl.VertxBootstrapImpl;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.transport.Transport;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Joins the event buses of a cluster's processes. Hazelcast tells who is there and who listens to which address, and
 * nothing else; this is the only class that knows it.
 */
public final class ClusterBus {
    private static final int BEAT_SECONDS = 1;
    /** After how much silence a process is given up by the others. */
    static final int DEAD_AFTER_SECONDS = 10;

    /** How often two clusters that found themselves apart look for each other. */
    private static final int MERGE_SECONDS = 10;
    /** How many ports are tried, for processes that share a machine. */
    private static final int PORTS = 20;

    /**
     * How long something that was asked of another process may take. What was on its way when a link broke is waited for as
     * long, or twice. Not less: the receiver tells by a clock that is off by as long as a process once stood still, and would
     * refuse whoever joins.
     */
    private static final int CALL_MS = 30_000;

    private static final int JOIN_SECONDS = 40;
    private static final int LEAVE_SECONDS = 5;
    private static final int PING_MS = 5_000;

    /** Where a Vert.x keeps whom it hears. */
    private static final String HEARING = "continuo.hearing";

    private ClusterBus() {}

    /**
     * A Vert.x whose bus reaches the whole cluster; closing it leaves the cluster. Of several who listen to an address it
     * asks one who is heard.
     *
     * @throws UnknownHostException when the address to bind does not exist
     */
    public static Future<Vertx> join(VertxOptions options, Transport transport, ClusterSettings settings)
            throws UnknownHostException {
        String address = address(settings.host());
        // It logs before it reads its configuration.
        System.setProperty("hazelcast.logging.type", "slf4j");
        EventBusOptions bus = new EventBusOptions()
                .setHost(address)
                .setPort(settings.busPort())
                .setClusterPingInterval(PING_MS)
                .setClusterPingReplyInterval(PING_MS);
        Hearing hearing = new Hearing();
        HeardNodes selector = new HeardNodes(hearing, Addresses::isPartition);
        // The public builder does not let one choose who is sent to.
        return new VertxBootstrapImpl(new VertxOptions(options).setEventBusOptions(bus))
                .clusterNodeSelector(selector)
                .clusterManager(new HazelcastClusterManager(config(settings, address)))
                .transport(transport.implementation())
                .init()
                .clusteredVertx()
                .compose(vertx -> {
                    hearings(vertx).put(HEARING, hearing);
                    selector.start(vertx);
                    return hearing.start(vertx, nodeId(vertx), () -> nodes(vertx))
                            .map(vertx);
                });
    }

    /** What the cluster calls the process that {@code vertx} belongs to; unique to this run of it. */
    public static String nodeId(Vertx vertx) {
        return ((VertxInternal) vertx).clusterManager().getNodeId();
    }

    /** The nodes that this process sees, its own included. */
    public static Set<String> nodes(Vertx vertx) {
        return Set.copyOf(((VertxInternal) vertx).clusterManager().getNodes());
    }

    /** Those of {@link #nodes} who are there to be asked: one that hangs, or cannot be reached, has fallen silent. */
    public static Set<String> heardNodes(Vertx vertx) {
        return Objects.requireNonNull(hearings(vertx).get(HEARING)).heard(nodes(vertx));
    }

    /**
     * Whether the process that {@code instance} runs in, whose id and a dot its name begins with, has left the cluster or
     * is not heard. Never so where there is no cluster.
     */
    public static boolean isSilent(Vertx vertx, String instance) {
        return vertx.isClustered() && heardNodes(vertx).stream().noneMatch(node -> instance.startsWith(node + '.'));
    }

    /** How many processes of the cluster are not heard. */
    public static int silent(Vertx vertx) {
        return vertx.isClustered() ? nodes(vertx).size() - heardNodes(vertx).size() : 0;
    }

    private static LocalMap<String, Hearing> hearings(Vertx vertx) {
        return vertx.sharedData().getLocalMap(HEARING);
    }

    private static String address(String host) throws UnknownHostException {
        InetAddress address =
                host.equals(ClusterSettings.AUTO) ? InetAddress.getLocalHost() : InetAddress.getByName(host);
        return address.getHostAddress();
    }

    private static Config config(ClusterSettings settings, String address) {
        Config config = new Config()
                .setClusterName(settings.name())
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                // Interfaces to listen on would be the only ones to look for others on.
                .setProperty("hazelcast.local.localAddress", address)
                .setProperty("hazelcast.heartbeat.interval.seconds", text(BEAT_SECONDS))
                .setProperty("hazelcast.max.no.heartbeat.seconds", text(DEAD_AFTER_SECONDS))
                .setProperty("hazelcast.operation.call.timeout.millis", text(CALL_MS))
                .setProperty("hazelcast.merge.first.run.delay.seconds", text(MERGE_SECONDS))
                .setProperty("hazelcast.merge.next.run.delay.seconds", text(MERGE_SECONDS))
                .setProperty("hazelcast.tcp.join.port.try.count", text(PORTS))
                .setProperty("hazelcast.max.join.seconds", text(JOIN_SECONDS))
                .setProperty("hazelcast.wait.seconds.before.join", "1")
                .setProperty("hazelcast.graceful.shutdown.max.wait", text(LEAVE_SECONDS))
                .addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                        .setBackupCount(1)
                        .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET))
                .addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
        listen(config.getNetworkConfig(), settings, address);
        return config;
    }

    private static void listen(NetworkConfig network, ClusterSettings settings, String address) {
        network.setPort(settings.port()).setPortAutoIncrement(true).setPortCount(PORTS);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig()
                .setEnabled(true)
                .setConnectionTimeoutSeconds(2)
                .setMembers(settings.members().isEmpty() ? List.of(address) : settings.members());
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
