package io.continuo.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Continuo in a process of its own, which can be stopped in order, or killed. */
final class ContinuoProcess {
    private static final String READY = "Continuo is ready: ";

    private final Process process;
    private final CompletableFuture<String> url = new CompletableFuture<>();
    private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();

    private ContinuoProcess(Process process) {
        this.process = process;
        Thread.startVirtualThread(this::read);
    }

    /** Starts on free ports with data of its own. */
    static ContinuoProcess start() throws Exception {
        return start(Map.of("CONTINUO_DATA_DIR", Files.createTempDirectory("continuo").toString()));
    }

    /** Starts on free ports, and waits until it is ready. */
    static ContinuoProcess start(Map<String, String> settings) throws Exception {
        ContinuoProcess started = launch(settings);
        started.url();
        return started;
    }

    /** Starts on free ports. */
    static ContinuoProcess launch(Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.continuo.standalone.Main"));
        Map<String, String> environment = new HashMap<>(
                Map.of("CONTINUO_PORT", "0", "CONTINUO_ADMIN_PORT", "0", "CONTINUO_LOG_LEVEL", "warn"));
        environment.putAll(settings);
        builder.environment().keySet().removeIf(name -> name.startsWith("CONTINUO_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        return new ContinuoProcess(builder.start());
    }

    /** Where it serves, once it does. */
    String url() throws Exception {
        return url.get(60, TimeUnit.SECONDS);
    }

    /** Everything it has printed. */
    List<String> output() {
        return List.copyOf(output);
    }

    /** Asks it to stop, as a process manager would; answers its exit code. */
    int stop() throws Exception {
        process.destroy();
        return exitCode();
    }

    int exitCode() throws Exception {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("It does not end. " + output);
        }
        return process.exitValue();
    }

    /** Ends it as {@code kill -9} would. */
    void kill() throws Exception {
        process.destroyForcibly();
        process.waitFor();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                System.out.println("[continuo] " + line);
                if (line.startsWith(READY)) {
                    url.complete(line.substring(READY.length()));
                }
            }
        } catch (IOException ended) {
            // it was killed
        }
        url.completeExceptionally(new IllegalStateException("It never was ready: " + output));
    }
}
