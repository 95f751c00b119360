package io.continuo.chaos.place;

import io.continuo.chaos.log.Course;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the gateways again and again how many clients that resume they have let in, and writes the answers down with the
 * moments between which they are true: what a gateway says of itself is exact, however busy clients are.
 */
public final class Doors implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Pattern ADMITTED = Pattern.compile(
            "^continuo_admissions_total\\{(?=[^}]*lane=\"resume\")(?=[^}]*outcome=\"admitted\")[^}]*\\} (\\S+)$",
            Pattern.MULTILINE);
    /** Distinguishes a process from the one that was there before it. */
    private static final Pattern STARTED =
            Pattern.compile("^process_start_time_seconds(?:\\{[^}]*\\})? (\\S+)$", Pattern.MULTILINE);

    private final Supplier<List<Member>> gateways;
    private final Course.Writer course;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Map<String, Thread> asking = new ConcurrentHashMap<>();
    private final Thread thread;

    /** @param gateways those that there are at the moment; asked on another thread */
    Doors(Supplier<List<Member>> gateways, Course.Writer course) {
        this.gateways = gateways;
        this.course = course;
        thread = Thread.startVirtualThread(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                // One that stands still keeps nobody from asking the others.
                gateways.get()
                        .forEach(gateway -> asking.compute(
                                gateway.name(),
                                (name, before) -> before != null && before.isAlive()
                                        ? before
                                        : Thread.startVirtualThread(() -> ask(gateway))));
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException enough) {
            // then it is enough
        }
    }

    private void ask(Member gateway) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.admin() + "/metrics"))
                .timeout(PATIENCE)
                .build();
        long from = System.nanoTime();
        try {
            String metrics = http.send(request, BodyHandlers.ofString()).body();
            long to = System.nanoTime();
            Matcher admitted = ADMITTED.matcher(metrics);
            Matcher started = STARTED.matcher(metrics);
            if (admitted.find() && started.find()) {
                course.door(
                        new Course.Door(gateway.name() + "@" + started.group(1), from / 1_000, to / 1_000 + 1, (long)
                                Double.parseDouble(admitted.group(1))));
            }
        } catch (IOException gone) {
            // it is not there at the moment
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks no more. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
            for (Thread one : asking.values()) {
                one.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
