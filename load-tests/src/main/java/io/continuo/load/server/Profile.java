package io.continuo.load.server;

import io.continuo.load.figure.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the server's time goes between {@link #start} and {@link #finish}: CPU by thread, samples by method from a
 * flight recording, calls by Redis command. Blocking.
 */
public final class Profile {
    private static final String OURS = "io.continuo.";
    private static final int SHOWN = 25;

    private final long pid;
    private final RedisProbe redis;
    private final Map<String, Double> threads;
    private final Path recording;

    private Profile(long pid, RedisProbe redis) throws IOException {
        this.pid = pid;
        this.redis = redis;
        threads = Proc.threads(pid);
        recording = Files.createTempFile("continuo-bench", ".jfr");
    }

    static Profile start(long pid, RedisProbe redis) throws IOException {
        Profile profile = new Profile(pid, redis);
        redis.resetStatistics();
        new Jcmd(pid)
                .run("JFR.start", "name=bench", "jdk.CPUTimeSample#enabled=true", "jdk.CPUTimeSample#throttle=5ms");
        return profile;
    }

    /** Ends the watch and writes down what was seen. */
    public void finish(Report report) throws IOException {
        redisCommands(report);
        threads(report);
        new Jcmd(pid).run("JFR.stop", "name=bench", "filename=" + recording);
        samples(report);
        Files.delete(recording);
    }

    private void redisCommands(Report report) {
        redis.commandStatistics().forEach((command, statistics) -> {
            String calls = statistics.replaceAll("^calls=(\\d+),.*", "$1");
            if (Long.parseLong(calls) > 1) {
                report.note(command.replace("cmdstat_", "redis "), statistics.replaceAll(",rejected.*", ""));
            }
        });
    }

    private void threads(Report report) {
        Map<String, Double> spent = Proc.threads(pid);
        spent.replaceAll((name, micros) -> micros - threads.getOrDefault(name, 0.0));
        double total = spent.values().stream().mapToDouble(Double::doubleValue).sum();
        top(spent, total * 0.005).forEach(one -> report.note("threads " + one.getKey(), share(one.getValue(), total)));
    }

    private void samples(Report report) throws IOException {
        Map<String, Double> leaves = new HashMap<>();
        Map<String, Double> ours = new HashMap<>();
        double total = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            RecordedStackTrace trace = event.getStackTrace();
            if (event.getEventType().getName().equals("jdk.CPUTimeSample") && trace != null) {
                total++;
                List<RecordedFrame> frames = trace.getFrames();
                leaves.merge(name(frames.getFirst()), 1.0, Double::sum);
                frames.stream()
                        .map(Profile::name)
                        .filter(name -> name.startsWith(OURS) && !name.contains("$$Lambda"))
                        .distinct()
                        .forEach(name -> ours.merge(name, 1.0, Double::sum));
            }
        }
        for (var leaf : top(leaves, 0)) {
            report.note("self " + leaf.getKey(), share(leaf.getValue(), total));
        }
        for (var own : top(ours, 0)) {
            report.note("with callees " + own.getKey(), share(own.getValue(), total));
        }
    }

    private static List<Map.Entry<String, Double>> top(Map<String, Double> counts, double least) {
        Stream<Map.Entry<String, Double>> entries = counts.entrySet().stream();
        return entries.filter(entry -> entry.getValue() > least)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .toList();
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String share(double part, double total) {
        return String.format(Locale.ROOT, "%4.1f%%", 100 * part / total);
    }
}
