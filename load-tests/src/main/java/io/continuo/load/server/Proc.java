package io.continuo.load.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads what Linux tells of processes under {@code /proc}. */
final class Proc {
    private static final double MICROS_PER_TICK = 10_000;

    private Proc() {}

    /** User and kernel time of a process or thread in microseconds; zeros once it is gone. */
    static double[] cpu(Path process) {
        String stat = read(process.resolve("stat"));
        int afterName = stat.lastIndexOf(')') + 2;
        if (afterName < 2) {
            return new double[] {0, 0};
        }
        String[] fields = stat.substring(afterName).split(" ");
        return new double[] {
            Double.parseDouble(fields[11]) * MICROS_PER_TICK, Double.parseDouble(fields[12]) * MICROS_PER_TICK
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

    /** Resident memory in bytes. */
    static double resident(long pid) {
        return read(of(pid).resolve("status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                .sum();
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
