package io.continuo.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server program that runs on this machine.
 *
 * @param major its version: 6 cannot read the append-only files of 7 and later
 */
record RedisBinary(Path program, int major) {
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");

    /** The one on the {@code PATH}, else one of those that we bring along, unpacked into {@code folder}. */
    static RedisBinary find(Path folder) {
        return firstThatRuns(installed())
                .or(() -> findBundled(folder))
                .orElseThrow(() -> new EmbeddedRedisException("No Redis program runs on this machine. Install"
                        + " redis-server or valkey-server, or let CONTINUO_REDIS name a Redis elsewhere."));
    }

    /** Only one that we bring along. */
    static Optional<RedisBinary> findBundled(Path folder) {
        return firstThatRuns(bundled().stream().map(name -> unpack(name, folder)));
    }

    private static Optional<RedisBinary> firstThatRuns(Stream<Path> programs) {
        return programs.flatMap(program -> probe(program).stream()).findFirst();
    }

    private static Stream<Path> installed() {
        return Stream.of("redis-server", "valkey-server").flatMap(name -> SearchPath.find(name).stream());
    }

    /** Best first. The 64-bit one for Linux needs OpenSSL 3; the 32-bit one needs nothing. */
    private static List<String> bundled() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch").matches("aarch64|arm64");
        if (system.contains("linux")) {
            return arm
                    ? List.of("redis-server-6.2.7-linux-arm64")
                    : List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386");
        }
        if (system.contains("mac")) {
            return List.of(arm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64");
        }
        return List.of();
    }

    private static Path unpack(String name, Path folder) {
        Path program = folder.resolve(name);
        try (InputStream resource = RedisBinary.class.getResourceAsStream("/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("Not on the class path: " + name);
            }
            Path fresh = Files.createTempFile(folder, "redis", ".unpacking");
            Files.copy(resource, fresh, StandardCopyOption.REPLACE_EXISTING);
            if (!fresh.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + fresh + " executable");
            }
            return Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Empty when the program does not start, as when a library that it needs is missing. */
    private static Optional<RedisBinary> probe(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(output);
            boolean runs = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 && version.find();
            return runs ? Optional.of(new RedisBinary(program, Integer.parseInt(version.group(1)))) : Optional.empty();
        } catch (IOException notStarted) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedRedisException("Interrupted while looking for Redis", interrupted);
        }
    }
}
