package io.continuo.load.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one-process server with its embedded Redis, started by {@code ./run} on ports and in a folder of its own, and
 * pinned to one core. Everything that serves is counted. Blocking.
 */
public final class Server implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Continuo is ready: (http://\\S+)");
    private static final String REDIS = "(redis|valkey)-.*";
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final Process process;
    private final Path data;
    private final int core;
    private final URI url;
    private final long java;

    private Server(Process process, Path data, int core, Path log) throws IOException {
        this.process = process;
        this.data = data;
        this.core = core;
        url = awaitReady(process, log);
        java = javaPid(process);
    }

    /**
     * Starts the server and waits until it serves.
     *
     * @param home the folder of {@code run}
     * @param core to pin it to, or -1
     * @param log takes what the server prints
     */
    public static Server start(Path home, int core, Path log) throws IOException {
        return start(home, core, log, Map.of());
    }

    /**
     * The same with more settings, such as those of another Redis.
     *
     * @param settings variables of the environment
     */
    public static Server start(Path home, int core, Path log, Map<String, String> settings) throws IOException {
        Path data = Files.createTempDirectory("continuo-bench");
        List<String> command = new ArrayList<>();
        if (core >= 0) {
            command.addAll(List.of("taskset", "-c", Integer.toString(core)));
        }
        command.add(home.resolve("run").toString());
        Files.createDirectories(log.toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "CONTINUO_PORT", "0",
                        "CONTINUO_ADMIN_PORT", "0",
                        "CONTINUO_HOST", "127.0.0.1",
                        "CONTINUO_DATA_DIR", data.toString(),
                        "CONTINUO_SERVER_TOKENS", Backend.TOKEN,
                        "CONTINUO_LOG_LEVEL", "WARN"));
        builder.environment().putAll(settings);
        Process process = builder.start();
        try {
            return new Server(process, data, core, log);
        } catch (IOException | RuntimeException failed) {
            stop(process, data);
            throw failed;
        }
    }

    private static URI awaitReady(Process process, Path log) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            Matcher ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                return URI.create(ready.group(1));
            }
            await(process, Duration.ofMillis(100));
        }
        throw new IOException("The server did not get ready:\n" + Files.readString(log));
    }

    private static long javaPid(Process process) throws IOException {
        return processes(process).stream()
                .map(ProcessHandle::pid)
                .filter(pid -> Proc.name(pid).equals("java"))
                .findFirst()
                .orElseThrow(() -> new IOException("The server has no JVM."));
    }

    private static List<ProcessHandle> processes(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort());
    }

    public URI url() {
        return url;
    }

    public DevLogin login() {
        return new DevLogin(url);
    }

    public Backend backend() {
        return new Backend(url);
    }

    /** What all of the server has spent since its start. */
    public CpuTime cpu() {
        double user = 0;
        double kernel = 0;
        double redis = 0;
        double rewrites = 0;
        for (ProcessHandle handle : processes(process)) {
            Path proc = Proc.of(handle.pid());
            double[] spent = Proc.cpu(proc);
            if (!isRedis(handle)) {
                user += spent[0];
                kernel += spent[1];
            } else if (handle.parent().filter(Server::isRedis).isPresent()) {
                rewrites += spent[0] + spent[1];
            } else {
                double[] ended = Proc.childrenCpu(proc);
                redis += spent[0] + spent[1];
                rewrites += ended[0] + ended[1];
            }
        }
        return new CpuTime(user, kernel, redis, rewrites, core < 0 ? 0 : Proc.busy(core));
    }

    private static boolean isRedis(ProcessHandle handle) {
        return Proc.name(handle.pid()).matches(REDIS);
    }

    /** What the server and Redis occupy, once all garbage is collected. */
    public Memory memory() {
        Jcmd.Heap heap = new Jcmd(java).heap();
        double redis = processes(process).stream()
                .filter(Server::isRedis)
                .mapToDouble(handle -> Proc.residentOutside(handle.pid(), 0, 0))
                .sum();
        return new Memory(heap.used(), Proc.residentOutside(java, heap.from(), heap.to()), redis);
    }

    /** The embedded Redis. */
    public RedisProbe redis() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return RedisProbe.of(files.filter(file -> file.endsWith("redis.conf"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("There is no redis.conf in " + data)));
        }
    }

    /** Begins to watch where the server spends its time. */
    public Profile profile() throws IOException {
        return Profile.start(java, redis());
    }

    @Override
    public void close() throws IOException {
        stop(process, data);
    }

    private static void stop(Process process, Path data) throws IOException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!await(process, STOP)) {
            process.destroyForcibly();
        }
        for (ProcessHandle child : children) {
            child.destroyForcibly();
            child.onExit().join();
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean await(Process process, Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
