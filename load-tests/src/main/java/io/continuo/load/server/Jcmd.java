package io.continuo.load.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.regex.Pattern;

/** Speaks to the server's JVM with the {@code jcmd} of the JDK that runs the load. Blocking. */
final class Jcmd {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]+)");

    private final long pid;

    Jcmd(long pid) {
        this.pid = pid;
    }

    /**
     * The heap after a full collection.
     *
     * @param used bytes
     * @param from its lowest address
     * @param to the address after it
     */
    record Heap(double used, long from, long to) {}

    /** Collects all garbage, then looks at the heap. */
    Heap heap() {
        run("GC.run");
        String info = run("GC.heap_info").replaceAll("(?s)Metaspace.*", "");
        double used = USED.matcher(info)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)) * 1024)
                .sum();
        LongSummaryStatistics addresses = ADDRESS.matcher(info)
                .results()
                .mapToLong(found -> Long.parseUnsignedLong(found.group(1), 16))
                .summaryStatistics();
        return new Heap(used, addresses.getMin(), addresses.getMax());
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
