package io.continuo.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Starts a program that cannot outlive us: a tiny shell runs it and holds the end of a pipe that closes with us, see
 * {@code watchdog.sh}. Both get a session of their own, so that Ctrl-C reaches us alone and we can stop in order.
 */
final class Watchdog {
    private Watchdog() {}

    /** @param log takes what the program prints */
    static Process start(Path log, String... command) throws IOException {
        List<String> line = new ArrayList<>(shell());
        line.add(script());
        line.add("watchdog");
        line.addAll(List.of(command));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Where there is no {@code setsid}, as on macOS, the shell's job control sets the program apart. */
    private static List<String> shell() {
        return SearchPath.find("setsid")
                .map(setsid -> List.of(setsid.toString(), "sh", "-c"))
                .orElse(List.of("sh", "-m", "-c"));
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(Watchdog.class.getResourceAsStream("watchdog.sh"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
