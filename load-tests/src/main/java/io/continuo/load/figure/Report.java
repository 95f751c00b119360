package io.continuo.load.figure;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/** The figures of one run: printed as they come, and kept for a file. Used by one thread. */
public final class Report {
    private final JsonObject scenarios = new JsonObject();
    private JsonObject figures = new JsonObject();

    /** Begins a group of figures. */
    public void section(String name) {
        figures = new JsonObject();
        scenarios.put(name, figures);
        System.out.println();
        System.out.println(name);
    }

    /** Adds a figure. Its name says the unit. */
    public void figure(String name, double value) {
        double rounded = rounded(value);
        figures.put(name, rounded);
        System.out.printf(Locale.ROOT, "  %-52s %12s%n", name, plain(rounded));
    }

    /** Adds a count. */
    public void figure(String name, long count) {
        figure(name, (double) count);
    }

    /** Adds something that was seen and is no figure. */
    public void note(String name, String text) {
        figures.put(name, text);
        System.out.printf("  %-52s %s%n", name, text);
    }

    /** Writes everything as JSON. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        JsonObject all = new JsonObject()
                .put("at", Instant.now().toString())
                .put("java", System.getProperty("java.version"))
                .put("scenarios", scenarios);
        Files.writeString(file, all.encodePrettily());
    }

    private static double rounded(double value) {
        double grain = Math.abs(value) >= 1000 ? 1 : Math.abs(value) >= 10 ? 0.1 : 0.01;
        return Math.round(value / grain) * grain;
    }

    private static String plain(double value) {
        return Math.abs(value) >= 1000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
    }
}
