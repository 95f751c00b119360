package io.continuo.chaos.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that we started. It ends with us: whatever ends this JVM but a SIGKILL ends it too. Blocking. */
final class Child implements AutoCloseable {
    private static final long POLL_MS = 50;

    private final Process process;
    private final Path log;
    private final Thread end;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        // A stopped process dies of SIGKILL too.
        this.end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
    }

    /**
     * @param settings added to the environment, from which all other settings of Continuo are taken away
     * @param log takes what it prints, after what is there
     */
    static Child start(List<String> command, Map<String, String> settings, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("CONTINUO_"));
        builder.environment().putAll(settings);
        try {
            return new Child(builder.start(), log);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal such as {@code STOP}; a process that is gone takes no notice. */
    void signal(String name) {
        run(List.of("kill", "-" + name, Long.toString(process.pid())));
    }

    /** Ends it without a warning, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitExit(20);
        forget();
    }

    /** Waits until it is gone; false when it is still there after {@code seconds}. */
    boolean awaitExit(int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Waits until it prints something, and answers the first group. */
    String awaitLine(Pattern line, int seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < deadline && process.isAlive()) {
            Optional<String> found = find(line);
            if (found.isPresent()) {
                return found.get();
            }
            pause(POLL_MS);
        }
        throw new IllegalStateException("It did not say " + line + "; see " + log);
    }

    private Optional<String> find(Pattern line) {
        try {
            Matcher matcher = line.matcher(Files.readString(log));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException ending) {
            // then it is being run
        }
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Runs a command to its end; answers what it printed. */
    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
