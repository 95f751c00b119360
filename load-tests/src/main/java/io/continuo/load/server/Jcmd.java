package io.continuo.load.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks to the server's JVM with the {@code jcmd} of the JDK that runs the load. Blocking. */
final class Jcmd {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final long pid;

    Jcmd(long pid) {
        this.pid = pid;
    }

    /** Collects all garbage, then tells how many bytes of heap are still in use. */
    double heapInUse() {
        run("GC.run");
        Matcher used = USED.matcher(run("GC.heap_info").replaceAll("(?s)Metaspace.*", ""));
        double bytes = 0;
        while (used.find()) {
            bytes += Double.parseDouble(used.group(1)) * 1024;
        }
        return bytes;
    }

    String run(String... command) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(pid));
        line.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", line) + ": " + output);
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
