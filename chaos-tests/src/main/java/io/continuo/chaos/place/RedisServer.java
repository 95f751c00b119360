package io.continuo.chaos.place;

import io.continuo.redis.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A real {@code redis-server} with an append-only file, which can be killed and started again. Blocking. */
public final class RedisServer implements AutoCloseable {
    private static final int START_SECONDS = 30;

    private final Path folder;
    private final String host;
    private final int port = Ports.free();
    private final String fsync;
    private Child child;

    /** @param fsync {@code always} or {@code everysec} */
    RedisServer(Path folder, String host, String fsync) {
        this.folder = folder;
        this.host = host;
        this.fsync = fsync;
        child = launch();
    }

    String uri() {
        return "redis://" + host + ":" + port;
    }

    private Child launch() {
        Child started = Child.start(
                List.of(
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        host,
                        "--protected-mode",
                        "no",
                        "--dir",
                        folder.toString(),
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        fsync,
                        "--save",
                        "",
                        "--maxmemory-policy",
                        "noeviction",
                        "--stream-node-max-bytes",
                        "1024"),
                Map.of(),
                folder.resolve("redis.out"));
        long deadline = System.nanoTime() + START_SECONDS * 1_000_000_000L;
        while (!answers()) {
            if (System.nanoTime() > deadline || !started.isAlive()) {
                throw new IllegalStateException("Redis did not start; see " + folder.resolve("redis.out"));
            }
            Child.pause(50);
        }
        return started;
    }

    private boolean answers() {
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException notYet) {
            return false;
        }
    }

    public void signal(String name) {
        child.signal(name);
    }

    public void kill() {
        child.kill();
    }

    /** Starts it again, with the data that its file has. */
    public void restart() {
        child = launch();
    }

    /**
     * What a machine does that loses power: the newest {@code bytes} of the file, which were not forced to disk, are gone.
     * To be called while it is dead.
     */
    public void forget(long bytes) {
        try (var files = Files.walk(folder)) {
            Path file = files.filter(each -> each.toString().endsWith(".incr.aof"))
                    .max(Comparator.comparingLong(each -> each.toFile().lastModified()))
                    .orElseThrow();
            try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                channel.truncate(Math.max(0, Files.size(file) - bytes));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
