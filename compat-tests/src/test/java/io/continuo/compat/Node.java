package io.continuo.compat;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Node.js and its packages, as far as this machine has them. */
final class Node {
    /** Set where everything must be there: in CI nothing may be left out quietly. */
    private static final boolean REQUIRED = Boolean.parseBoolean(System.getenv("CONTINUO_REQUIRE_ALL"));

    private static final int LIMIT_MINUTES = 5;

    private Node() {}

    /** Goes on if {@code there}; otherwise leaves the test out, or fails where nothing may be left out. */
    static void require(boolean there, String what) {
        if (!there && REQUIRED) {
            fail(what);
        }
        assumeTrue(there, what);
    }

    static boolean isThere() {
        return exitCode(Path.of("."), Map.of(), "node", "--version") == 0;
    }

    /**
     * Installs a folder's locked packages unless they are installed. Test classes run in several processes at a time, and
     * each {@code npm ci} begins by removing what another one is installing, so that they take turns.
     */
    static void install(Path folder) throws IOException {
        Path turn = Files.createDirectories(Path.of("target")).resolve(folder + ".npm.lock");
        Path installed = folder.resolve("node_modules/.package-lock.json");
        try (FileChannel untilClosed = FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            untilClosed.lock();
            if (!Files.exists(installed)) {
                int code = exitCode(folder, Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), "npm", "ci");
                require(code == 0, "npm ci failed in " + folder + ": is the registry reachable?");
            }
        }
    }

    /** Runs a command to its end and passes on what it prints. */
    static int exitCode(Path folder, Map<String, String> environment, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(folder.toFile());
            builder.environment().putAll(environment);
            Process process = builder.redirectErrorStream(true).start();
            Thread printer = Thread.startVirtualThread(() -> print(process));
            boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            printer.join();
            return ended ? process.exitValue() : -1;
        } catch (IOException missing) {
            return -1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static void print(Process process) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(System.out::println);
        } catch (IOException ended) {
            System.out.println(ended.getMessage());
        }
    }
}
