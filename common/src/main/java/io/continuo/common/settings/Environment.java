package io.continuo.common.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The {@code CONTINUO_…} variables as they were given: from a file named by {@code CONTINUO_CONFIG} and from the
 * process environment, which wins. Remembers what was asked for, so that what nobody asked for can be refused.
 */
final class Environment {
    private static final String PREFIX = "CONTINUO_";
    private static final String FILE = PREFIX + "CONFIG";

    private final Map<String, String> given;
    private final Set<String> known = new TreeSet<>(Set.of(FILE));

    private Environment(Map<String, String> given) {
        this.given = given;
    }

    static Environment of(Map<String, String> process) {
        Map<String, String> given = new TreeMap<>();
        String file = process.get(FILE);
        if (file != null && !file.isBlank()) {
            given.putAll(read(Path.of(file)));
        }
        process.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                given.put(name, value);
            }
        });
        return new Environment(given);
    }

    String text(String name, String otherwise) {
        return optional(name).orElse(otherwise);
    }

    /** Empty when the variable is absent or blank. */
    Optional<String> optional(String name) {
        known.add(PREFIX + name);
        return Optional.ofNullable(given.get(PREFIX + name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The parts between commas, without blanks around them. */
    List<String> list(String name) {
        return optional(name)
                .map(value -> Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    int number(String name, int otherwise, int min, int max) {
        return optional(name)
                .map(value -> {
                    if (!value.matches("-?\\d{1,9}")
                            || Integer.parseInt(value) < min
                            || Integer.parseInt(value) > max) {
                        throw malformed(name, value, "a whole number from " + min + " to " + max);
                    }
                    return Integer.parseInt(value);
                })
                .orElse(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return optional(name)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw malformed(name, value, "true or false");
                })
                .orElse(otherwise);
    }

    /** One of {@code choices}, which are in lower case; however it was written. */
    String choice(String name, String otherwise, String... choices) {
        String value = text(name, otherwise).toLowerCase(Locale.ROOT);
        if (!List.of(choices).contains(value)) {
            throw malformed(name, value, "one of " + String.join(", ", choices));
        }
        return value;
    }

    SettingsException malformed(String name, String value, String expected) {
        return new SettingsException(PREFIX + name + " is \"" + value + "\" but must be " + expected + ".");
    }

    Set<String> known() {
        return Set.copyOf(known);
    }

    /** Refuses what no setting asked for: most likely a misspelling. */
    void refuseUnknown() {
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new SettingsException("Unknown setting " + name + "; docs/configuration.md lists them all.");
                });
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new SettingsException(FILE + ": cannot read " + file + ": " + unreadable.getMessage());
        }
        Map<String, String> read = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
        return read;
    }
}
