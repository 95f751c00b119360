package io.continuo.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Redis server or a sentinel in a process of its own, which can be stopped, killed and started again. */
public final class Server {
    private static final int PATIENCE_SECONDS = 10;

    private final int port;
    private final Path log;
    private final List<String> command;
    private @Nullable Process process;

    Server(int port, Path log, List<String> command) {
        this.port = port;
        this.log = log;
        this.command = command;
        start();
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Starts it again, with what it finds on its disk. */
    public void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }

    /** Ends it without a warning. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            await(running);
        }
    }

    /** Has it hang: its connections stay open, and nothing comes. */
    public void freeze() {
        signal("STOP");
    }

    /** Has it go on. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        try {
            await(new ProcessBuilder("kill", "-" + name, Long.toString(running.pid())).start());
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }

    private static void await(Process ending) {
        try {
            if (!ending.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(ending.info() + " does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
