package io.continuo.farm;

import io.continuo.redis.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Redis servers that stand in for each other, in folders of their own. Its methods block. */
public final class RedisFarm implements AutoCloseable {
    private static final String PRIMARY = "continuo";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int LOOK_AGAIN_MS = 20;
    private static final Pattern OFFSET = Pattern.compile("master_repl_offset:(\\d+)");

    private final Programs programs;
    private final Path folder;
    private final List<Server> servers = new ArrayList<>();
    private Map<String, String> settings = Map.of();

    private RedisFarm(Programs programs) {
        this.programs = programs;
        try {
            folder = Files.createTempDirectory("redis-farm");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** One server. */
    public static RedisFarm standalone(Programs programs, String... options) {
        RedisFarm farm = new RedisFarm(programs);
        Server server = farm.server(Ports.free(), List.of(options));
        farm.waitUntilItAnswers(server);
        farm.settings = Map.of("CONTINUO_REDIS", "redis://127.0.0.1:" + server.port());
        return farm;
    }

    /** A Redis Cluster of three primaries with a replica each: the first three servers, and their replicas in their order. */
    public static RedisFarm cluster(Programs programs) {
        RedisFarm farm = new RedisFarm(programs);
        List<Integer> ports = Ports.free(12);
        ClusterPlan plan = new ClusterPlan(ports.subList(0, 6), ports.subList(6, 12));
        for (int node = 0; node < 6; node++) {
            int port = ports.get(node);
            farm.write("nodes-" + port + ".conf", plan.seenBy(node));
            farm.server(
                    port,
                    List.of(
                            "--cluster-enabled",
                            "yes",
                            "--cluster-node-timeout",
                            "1500",
                            "--cluster-config-file",
                            "nodes-" + port + ".conf",
                            "--cluster-port",
                            Integer.toString(ports.get(6 + node))));
        }
        farm.servers.forEach(server ->
                await(() -> farm.ask(server, "cluster", "info").contains("cluster_state:ok") && farm.isInSync(server)));
        farm.settings =
                Map.of("CONTINUO_REDIS", "redis-cluster://127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1));
        return farm;
    }

    /** A primary, its replica, and three sentinels. */
    public static RedisFarm sentinels(Programs programs) {
        RedisFarm farm = replicated(programs);
        int primary = farm.servers.getFirst().port();
        List<Integer> ports = Ports.free(3);
        for (int port : ports) {
            Path config =
                    farm.write("sentinel-" + port + ".conf", """
                    port %d
                    sentinel monitor %s 127.0.0.1 %d 2
                    sentinel down-after-milliseconds %s 1000
                    sentinel failover-timeout %s 5000
                    """.formatted(port, PRIMARY, primary, PRIMARY, PRIMARY));
            farm.run(port, List.of(programs.server(), config.toString(), "--sentinel"));
        }
        Server first = farm.servers.get(2);
        await(() -> farm.ask(first, "sentinel", "ckquorum", PRIMARY).contains("OK 3")
                && farm.ask(first, "sentinel", "replicas", PRIMARY)
                        .contains(Integer.toString(farm.servers.get(1).port())));
        farm.settings = Map.of(
                "CONTINUO_REDIS",
                ports.stream()
                                .map(port -> "127.0.0.1:" + port)
                                .collect(Collectors.joining(",", "redis-sentinel://", "/"))
                        + PRIMARY);
        return farm;
    }

    /**
     * A primary and its replica, and nobody who would make one of the other.
     *
     * @param options of both
     */
    public static RedisFarm replicated(Programs programs, String... options) {
        RedisFarm farm = standalone(programs, options);
        Server replica = farm.server(
                Ports.free(),
                Stream.concat(
                                Stream.of(
                                        "--replicaof",
                                        "127.0.0.1 " + farm.servers.getFirst().port()),
                                Stream.of(options))
                        .toList());
        farm.waitUntilItAnswers(replica);
        await(() -> farm.isInSync(replica));
        // A replica that has just been brought up to date is not sent what is new until the primary has heard from it.
        farm.ask(farm.primary(), "publish", "replicated", "");
        await(() -> farm.offset(replica) >= farm.offset(farm.primary()));
        return farm;
    }

    /** One server that wants TLS and a login. */
    public static RedisFarm secured(Programs programs) {
        RedisFarm farm = new RedisFarm(programs);
        SelfSigned tls = SelfSigned.create(farm.folder);
        farm.write("users", """
                user default off
                user app on >s@cret ~* &* +@all -@dangerous +info +cluster|slots +role +script
                """);
        int port = Ports.free();
        farm.run(
                port,
                List.of(
                        programs.server(),
                        "--port",
                        "0",
                        "--tls-port",
                        Integer.toString(port),
                        "--tls-cert-file",
                        tls.cert().toString(),
                        "--tls-key-file",
                        tls.key().toString(),
                        "--tls-auth-clients",
                        "no",
                        "--tls-ca-cert-file",
                        tls.cert().toString(),
                        "--aclfile",
                        farm.folder.resolve("users").toString(),
                        "--dir",
                        farm.folder.toString(),
                        "--save",
                        ""));
        await(() -> farm.log(port).contains("Ready to accept connections"));
        farm.settings = Map.of(
                "CONTINUO_REDIS",
                "rediss://app:s%40cret@localhost:" + port,
                "CONTINUO_REDIS_CA",
                tls.cert().toString());
        return farm;
    }

    /** What makes Continuo use this: {@code CONTINUO_REDIS}, and what belongs to it. */
    public Map<String, String> settings() {
        return settings;
    }

    /** The value of {@code CONTINUO_REDIS}. */
    public String uri() {
        return settings.getOrDefault("CONTINUO_REDIS", "");
    }

    /** The server that was started first, which is a primary. */
    public Server primary() {
        return servers.getFirst();
    }

    /** The first primary's replica. */
    public Server replica() {
        return servers.size() == 6 ? servers.get(3) : servers.get(1);
    }

    /** What a server answers to a command. */
    public String ask(Server server, String... command) {
        return programs.ask(server.port(), command);
    }

    /** From now on the first primary's replica hears nothing; ends with {@link #loseThePrimary}. */
    public void cutReplication() {
        replica().freeze();
        ask(primary(), "client", "kill", "type", "replica");
    }

    /** The first primary dies, with what its replica has not heard. */
    public void loseThePrimary() {
        primary().kill();
        replica().thaw();
    }

    /** Writes a snapshot of the first server and puts it aside. */
    public void snapshot() {
        ask(primary(), "save");
        copy(rdb(), folder.resolve("snapshot"));
    }

    /** Kills the first server, gives it the data of the {@link #snapshot}, and starts it again. */
    public void restoreSnapshot() {
        primary().kill();
        copy(folder.resolve("snapshot"), rdb());
        primary().start();
        waitUntilItAnswers(primary());
    }

    /** Moves a sixteenth of a cluster's slots, with all that is in them, from its second primary to its third. */
    public void moveSlots() {
        String from = ask(servers.get(1), "cluster", "myid").strip();
        String to = ask(servers.get(2), "cluster", "myid").strip();
        String output = programs.run(List.of(
                "--cluster",
                "reshard",
                "127.0.0.1:" + servers.get(1).port(),
                "--cluster-from",
                from,
                "--cluster-to",
                to,
                "--cluster-slots",
                "1024",
                "--cluster-yes"));
        if (output.contains("ERR")) {
            throw new IllegalStateException(output);
        }
    }

    /** Waits until a server answers. */
    public void waitUntilItAnswers(Server server) {
        await(() -> ask(server, "ping").contains("PONG"));
    }

    @Override
    public void close() {
        servers.forEach(Server::kill);
    }

    private Server server(int port, List<String> options) {
        List<String> command = new ArrayList<>(List.of(programs.server(), "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString(), "--save", "", "--appendonly", "no"));
        command.addAll(
                List.of("--dbfilename", "dump-" + port + ".rdb", "--appendfilename", "appendonly-" + port + ".aof"));
        command.addAll(List.of("--repl-diskless-sync-delay", "0"));
        command.addAll(options);
        return run(port, command);
    }

    private Server run(int port, List<String> command) {
        Server server = new Server(port, folder.resolve(port + ".log"), command);
        servers.add(server);
        return server;
    }

    private boolean isInSync(Server server) {
        String replication = ask(server, "info", "replication");
        return replication.contains("role:master") || replication.contains("master_link_status:up");
    }

    private long offset(Server server) {
        Matcher found = OFFSET.matcher(ask(server, "info", "replication"));
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    private Path rdb() {
        return folder.resolve("dump-" + primary().port() + ".rdb");
    }

    private String log(int port) {
        try {
            return Files.readString(folder.resolve(port + ".log"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Redis does not come up");
                }
                Thread.sleep(LOOK_AGAIN_MS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
