package io.continuo.load.durability;

import io.continuo.farm.RedisFarm;
import io.continuo.load.figure.Histogram;
import io.continuo.load.server.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Creates messages on each {@link Way} of keeping them, in turn and several times over, so that a machine that is busy
 * with something else disturbs all alike. Prints medians, and what they are of those of the default.
 */
public final class Durability {
    private static final int DEFAULT = 1;
    private static final int TALKERS = 24;
    private static final long WARM_NANOS = 2_000_000_000L;
    private static final long TALK_NANOS = 3_000_000_000L;

    private Durability() {}

    /** @param arguments how many rounds, 3 without */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        Way[] ways = Way.all();
        List<List<Figures>> figures = new ArrayList<>();
        for (int i = 0; i < ways.length; i++) {
            figures.add(new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < ways.length; i++) {
                figures.get(i).add(measure(ways[i]));
            }
        }
        Figures usual = Figures.median(figures.get(DEFAULT));
        System.out.println("| Kept | one at a time: p50, ms | p99, ms | " + TALKERS
                + " at a time: messages/s | p50 | throughput |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        for (int i = 0; i < ways.length; i++) {
            System.out.println(Figures.median(figures.get(i)).row(ways[i].name(), usual));
        }
    }

    /** @param p50 of one talker, as p99, in ms */
    private record Figures(double p50, double p99, double perSecond) {
        static Figures median(List<Figures> all) {
            return new Figures(
                    middle(all.stream().mapToDouble(Figures::p50).toArray()),
                    middle(all.stream().mapToDouble(Figures::p99).toArray()),
                    middle(all.stream().mapToDouble(Figures::perSecond).toArray()));
        }

        private static double middle(double[] values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }

        String row(String name, Figures usual) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.0f | × %.2f | × %.2f |",
                    name,
                    p50,
                    p99,
                    perSecond,
                    p50 / usual.p50,
                    perSecond / usual.perSecond);
        }
    }

    private static Figures measure(Way way) throws Exception {
        Map<String, String> settings = new HashMap<>(way.settings());
        try (RedisFarm farm = way.redis().get()) {
            settings.putAll(farm.settings());
            Path home = Path.of("").toAbsolutePath();
            try (Server server = Server.start(home, -1, home.resolve("load-tests/target/durability.log"), settings);
                    HttpClient http = HttpClient.newHttpClient()) {
                return measure(http, server.url());
            }
        }
    }

    private static Figures measure(HttpClient http, URI server) throws Exception {
        List<Talker> talkers = new ArrayList<>();
        for (int i = 0; i < TALKERS; i++) {
            talkers.add(new Talker(http, server, "talker" + i));
        }
        together(talkers, WARM_NANOS);
        Histogram alone = talkers.getFirst().talk(TALK_NANOS);
        double perSecond = together(talkers, TALK_NANOS) / (TALK_NANOS / 1e9);
        talkers.forEach(Talker::close);
        return new Figures(alone.millis(0.5), alone.millis(0.99), perSecond);
    }

    private static long together(List<Talker> talkers, long nanos) throws Exception {
        List<Callable<Histogram>> tasks = talkers.stream()
                .<Callable<Histogram>>map(talker -> () -> talker.talk(nanos))
                .toList();
        long total = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Histogram> talk : threads.invokeAll(tasks)) {
                total += talk.get().total();
            }
        }
        return total;
    }
}
