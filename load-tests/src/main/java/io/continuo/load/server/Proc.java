package io.continuo.load.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what Linux tells of processes under {@code /proc}. */
final class Proc {
    private static final double MICROS_PER_TICK = 10_000;
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ ");

    private Proc() {}

    /** User and kernel time of a process or thread in microseconds; zeros once it is gone. */
    static double[] cpu(Path process) {
        return times(process, 11);
    }

    /** The same of those of its children that have ended, as Redis' do after they have rewritten its file. */
    static double[] childrenCpu(Path process) {
        return times(process, 13);
    }

    private static double[] times(Path process, int field) {
        String stat = read(process.resolve("stat"));
        int afterName = stat.lastIndexOf(')') + 2;
        if (afterName < 2) {
            return new double[] {0, 0};
        }
        String[] fields = stat.substring(afterName).split(" ");
        return new double[] {
            Double.parseDouble(fields[field]) * MICROS_PER_TICK, Double.parseDouble(fields[field + 1]) * MICROS_PER_TICK
        };
    }

    static Path of(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    /** The program's name, cut after 15 characters; empty when the process is gone. */
    static String name(long pid) {
        return read(of(pid).resolve("comm")).strip();
    }

    /** Microseconds that a core was busy, for whomever. */
    static double busy(int core) {
        for (String line : read(Path.of("/proc/stat")).lines().toList()) {
            if (line.startsWith("cpu" + core + " ")) {
                String[] fields = line.split(" ");
                double ticks = 0;
                for (int field : List.of(1, 2, 3, 6, 7)) {
                    ticks += Double.parseDouble(fields[field]);
                }
                return ticks * MICROS_PER_TICK;
            }
        }
        return 0;
    }

    /** Resident memory in bytes, without what lies in a range of addresses. */
    static double residentOutside(long pid, long from, long to) {
        double bytes = 0;
        boolean counts = false;
        for (String line : read(of(pid).resolve("smaps")).lines().toList()) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.lookingAt()) {
                long start = Long.parseUnsignedLong(mapping.group(1), 16);
                counts = start < from || start >= to;
            } else if (counts && line.startsWith("Rss:")) {
                bytes += Double.parseDouble(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return bytes;
    }

    /** CPU time in microseconds by the name of the thread, digits left out. */
    static Map<String, Double> threads(long pid) {
        Map<String, Double> spent = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(of(pid).resolve("task"))) {
            tasks.forEach(task -> {
                double[] cpu = cpu(task);
                String name = read(task.resolve("comm")).strip().replaceAll("[-#\\s]*\\d+$", "");
                spent.merge(name, cpu[0] + cpu[1], Double::sum);
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return spent;
    }

    /** Empty when the process is gone. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
