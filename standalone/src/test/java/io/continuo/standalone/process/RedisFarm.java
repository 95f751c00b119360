package io.continuo.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Several Redis servers that stand in for each other; needs {@code redis-server} and {@code redis-cli} on the PATH. */
public final class RedisFarm implements AutoCloseable {
    private static final String PRIMARY = "continuo";

    private final Path folder;
    private final Map<Integer, Process> servers = new LinkedHashMap<>();

    private RedisFarm() throws IOException {
        folder = Files.createTempDirectory("redis-farm");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Whether this machine has what is needed. */
    public static boolean isPossible() {
        try {
            return new ProcessBuilder("redis-cli", "--version").start().waitFor() == 0
                    && new ProcessBuilder("redis-server", "--version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A Redis Cluster of three primaries with a replica each. */
    public static RedisFarm cluster() throws Exception {
        RedisFarm farm = new RedisFarm();
        List<Integer> ports = freePorts(6);
        for (int port : ports) {
            farm.start(
                    port,
                    "--cluster-enabled yes --cluster-node-timeout 1500 --cluster-port "
                            + freePorts(1).getFirst() + " --repl-diskless-sync-delay 0");
        }
        List<String> create = new ArrayList<>(List.of("--cluster", "create"));
        ports.forEach(port -> create.add("127.0.0.1:" + port));
        create.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
        cli(create);
        for (int port : ports) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> ask(port, "cluster", "info").contains("cluster_state:ok") && isInSync(port));
        }
        return farm;
    }

    /** A primary, a replica, and three sentinels. */
    public static RedisFarm sentinels() throws Exception {
        RedisFarm farm = new RedisFarm();
        List<Integer> ports = freePorts(5);
        farm.start(ports.get(0), "--repl-diskless-sync-delay 0");
        farm.start(ports.get(1), "--repl-diskless-sync-delay 0 --replicaof 127.0.0.1 " + ports.get(0));
        await().atMost(Duration.ofSeconds(20)).until(() -> isInSync(ports.get(1)));
        for (int port : ports.subList(2, 5)) {
            Path config = farm.folder.resolve("sentinel-" + port + ".conf");
            Files.writeString(config, """
                    port %d
                    sentinel monitor %s 127.0.0.1 %d 2
                    sentinel down-after-milliseconds %s 1000
                    sentinel failover-timeout %s 5000
                    """.formatted(port, PRIMARY, ports.get(0), PRIMARY, PRIMARY));
            farm.run(port, List.of("redis-server", config.toString(), "--sentinel"));
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ask(ports.get(2), "sentinel", "ckquorum", PRIMARY).contains("OK 3"));
        return farm;
    }

    /** One server that wants TLS and a login. */
    public static RedisFarm secured() throws Exception {
        RedisFarm farm = new RedisFarm();
        SelfSigned tls = SelfSigned.create(farm.folder);
        Files.writeString(farm.folder.resolve("users"), """
                user default off
                user app on >s@cret ~* &* +@all -@dangerous +info +cluster|slots +role +script
                """);
        int port = freePorts(1).getFirst();
        farm.run(
                port,
                List.of(
                        "redis-server",
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
        Path log = farm.folder.resolve(port + ".log");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Files.readString(log).contains("Ready to accept connections"));
        return farm;
    }

    /** What to set {@code CONTINUO_REDIS} to, for the secured one, and the certificate to trust. */
    public Map<String, String> securedSettings() {
        return Map.of(
                "CONTINUO_REDIS",
                "rediss://app:s%40cret@localhost:" + ports().getFirst(),
                "CONTINUO_REDIS_CA",
                folder.resolve("CERTIFICATE.pem").toString());
    }

    /** The ports of all servers, in the order of their start. */
    private List<Integer> ports() {
        return List.copyOf(servers.keySet());
    }

    /** What to set {@code CONTINUO_REDIS} to, for a cluster. */
    public String clusterUri() {
        return "redis-cluster://127.0.0.1:" + ports().get(0) + ",127.0.0.1:" + ports().get(1);
    }

    /** What to set {@code CONTINUO_REDIS} to, for sentinels. */
    public String sentinelUri() {
        return "redis-sentinel://127.0.0.1:" + ports().get(2) + ",127.0.0.1:" + ports().get(3) + "/" + PRIMARY;
    }

    /** Ends the server that was started first, which is a primary, without a warning. */
    public void killPrimary() throws Exception {
        Process primary = servers.values().iterator().next();
        primary.destroyForcibly();
        primary.waitFor();
    }

    /** Moves a sixteenth of a cluster's slots, with all that is in them, from its second primary to its third. */
    public void moveSlots() throws Exception {
        String from = ask(ports().get(1), "cluster", "myid").strip();
        String to = ask(ports().get(2), "cluster", "myid").strip();
        List<String> reshard = new ArrayList<>(List.of("--cluster", "reshard", "127.0.0.1:" + ports().get(1)));
        reshard.addAll(List.of("--cluster-from", from, "--cluster-to", to, "--cluster-slots", "1024", "--cluster-yes"));
        assertThat(cli(reshard)).doesNotContain("ERR");
    }

    @Override
    public void close() {
        servers.values().forEach(Process::destroyForcibly);
    }

    private void start(int port, String options) {
        List<String> command = new ArrayList<>(List.of("redis-server", "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString(), "--save", "", "--appendonly", "no"));
        command.addAll(List.of("--cluster-config-file", "nodes-" + port + ".conf"));
        command.addAll(List.of("--dbfilename", "dump-" + port + ".rdb"));
        command.addAll(List.of(options.split(" ", -1)));
        run(port, command);
        await().atMost(Duration.ofSeconds(10)).until(() -> ask(port, "ping").contains("PONG"));
    }

    private void run(int port, List<String> command) {
        try {
            servers.put(
                    port,
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve(port + ".log").toFile())
                            .start());
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }

    private static boolean isInSync(int port) throws Exception {
        String replication = ask(port, "info", "replication");
        return replication.contains("role:master") || replication.contains("master_link_status:up");
    }

    private static String ask(int port, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of("-p", Integer.toString(port)));
        all.addAll(List.of(command));
        return cli(all);
    }

    private static String cli(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("redis-cli"));
        command.addAll(arguments);
        Process cli = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(cli.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** Held open together, so that they differ. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }
}
