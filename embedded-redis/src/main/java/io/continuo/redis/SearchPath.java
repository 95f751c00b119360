package io.continuo.redis;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs that the {@code PATH} variable leads to. */
final class SearchPath {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private SearchPath() {}

    static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return SEPARATOR
                .splitAsStream(path)
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> resolve(folder, program))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Stream<Path> resolve(String folder, String program) {
        try {
            return Stream.of(Path.of(folder, program).toAbsolutePath());
        } catch (InvalidPathException notAFolder) {
            return Stream.empty();
        }
    }
}
