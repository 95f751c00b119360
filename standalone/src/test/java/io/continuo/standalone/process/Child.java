package io.continuo.standalone.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.standalone.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A real process that runs {@link Main} or a role of a cluster, as a user would start it. */
public final class Child implements AutoCloseable {
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"));

    private final Process process;
    private final CompletableFuture<List<String>> errors = new CompletableFuture<>();

    private Child(Process process) {
        this.process = process;
        // Whatever ends the tests, no child outlives them.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread.startVirtualThread(
                () -> errors.complete(process.errorReader().lines().toList()));
    }

    /** @param settings all of them: those of this process are not handed on */
    public static Child start(Map<String, String> settings, String... args) throws IOException {
        return start(Main.class, settings, args);
    }

    /** The same, but runs {@code main}. */
    public static Child start(Class<?> main, Map<String, String> settings, String... args) throws IOException {
        List<String> command = new ArrayList<>(JAVA);
        command.add(main.getName());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("CONTINUO_"));
        builder.environment().putAll(settings);
        return new Child(builder.start());
    }

    /** Waits for the next line of standard output; empty at its end. */
    public String line() throws IOException {
        String line = process.inputReader().readLine();
        return line == null ? "" : line;
    }

    long pid() {
        return process.pid();
    }

    /** Sends a signal such as {@code TERM}. */
    public void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** The exit code, which must come within {@code seconds}. */
    public int exitWithin(int seconds) throws InterruptedException {
        assertThat(process.waitFor(seconds, SECONDS)).as("ended in time").isTrue();
        return process.exitValue();
    }

    /** All of standard error, once the process has ended. */
    public List<String> errors() throws Exception {
        return errors.get(10, SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
