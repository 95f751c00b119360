package io.continuo.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** One run of a Redis program, from its start to its end. */
final class RedisProcess {
    private static final int POLL_MS = 10;
    private static final int SILENCE_MS = 15_000;
    private static final int STOP_SECONDS = 10;

    private final RedisConfig config;
    private final Path configFile;
    private final Path log;
    private final Process watchdog;

    private RedisProcess(RedisBinary binary, RedisConfig config) {
        this.config = config;
        this.configFile = config.write();
        this.log = config.folder().file("redis.log");
        try {
            this.watchdog = Watchdog.start(log, binary.program().toString(), configFile.toString());
        } catch (IOException notStarted) {
            throw new EmbeddedRedisException("Cannot start " + binary.program() + ": " + notStarted, notStarted);
        }
    }

    /** Starts Redis and returns when it serves. */
    static RedisProcess start(RedisBinary binary, RedisConfig config) {
        RedisProcess process = new RedisProcess(binary, config);
        process.awaitService();
        return process;
    }

    /** Runs {@code action}, on some thread, when Redis has ended. */
    void onExit(Runnable action) {
        watchdog.onExit().thenRunAsync(action);
    }

    /** Lets Redis write what it holds and end. */
    void stop() {
        try {
            watchdog.outputWriter().close();
        } catch (IOException alreadyGone) {
            // then there is nothing to tell it
        }
        if (!exitsWithin(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** As {@code kill -9} does. */
    void kill() {
        Orphan.find(config.pidFile(), configFile).ifPresent(ProcessHandle::destroyForcibly);
        exitsWithin(STOP_SECONDS, TimeUnit.SECONDS);
    }

    private void awaitService() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SILENCE_MS);
        while (!exitsWithin(POLL_MS, TimeUnit.MILLISECONDS)) {
            String answer = ping();
            if (answer.startsWith("+PONG")) {
                return;
            }
            if (answer.startsWith("-LOADING")) {
                deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SILENCE_MS);
            } else if (System.nanoTime() > deadline) {
                stop();
                throw new EmbeddedRedisException("Redis does not answer; see " + log);
            }
        }
        throw new EmbeddedRedisException("Redis did not start: " + lastWords());
    }

    private String ping() {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(SILENCE_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), config.port()), SILENCE_MS);
            socket.getOutputStream()
                    .write(("AUTH " + config.password() + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            answers.readLine();
            return Objects.requireNonNullElse(answers.readLine(), "");
        } catch (IOException notYet) {
            return "";
        }
    }

    private boolean exitsWithin(long time, TimeUnit unit) {
        try {
            return watchdog.waitFor(time, unit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedRedisException("Interrupted while waiting for Redis", interrupted);
        }
    }

    private String lastWords() {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> !line.isBlank() && !line.contains("WARNING"))
                    .reduce((first, second) -> second)
                    .orElse("it said nothing");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
