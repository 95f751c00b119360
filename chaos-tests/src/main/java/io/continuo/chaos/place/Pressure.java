package io.continuo.chaos.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How short of processors the machine is, as Linux tells: times that are measured while something always waits for one say
 * little about Continuo.
 */
public final class Pressure {
    private static final Path FILE = Path.of("/proc/pressure/cpu");
    private static final Pattern TOTAL = Pattern.compile("some .*total=(\\d+)");

    private final long beganNs = System.nanoTime();
    private final long waitedBefore = waitedMicros();

    /** Since this was made: the share of time, in percent, in which something waited; 0 where that is not known. */
    public long percent() {
        long micros = Math.max(1, (System.nanoTime() - beganNs) / 1_000);
        return Math.min(100, 100 * (waitedMicros() - waitedBefore) / micros);
    }

    private static long waitedMicros() {
        try {
            Matcher total = TOTAL.matcher(Files.readString(FILE));
            return total.find() ? Long.parseLong(total.group(1)) : 0;
        } catch (IOException notHere) {
            return 0;
        }
    }
}
