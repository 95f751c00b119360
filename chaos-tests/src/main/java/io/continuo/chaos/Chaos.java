package io.continuo.chaos;

import io.continuo.chaos.check.Checker;
import io.continuo.chaos.check.Figures;
import io.continuo.chaos.fault.Scenario;
import io.continuo.chaos.fault.Scenario.Bed;
import io.continuo.chaos.log.Course;
import io.continuo.chaos.place.Cluster;
import io.continuo.chaos.place.Namespaces;
import io.continuo.chaos.place.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The kill tests: {@code ./chaos}. Exit codes: 0 when all is well, 1 when something is wrong, 2 when called wrongly. */
public final class Chaos {
    private static final int MOST_SHOWN = 12;

    private final Options options;
    private final Path home;
    private final Path target;
    private int played;
    private int wrong;

    private Chaos(Options options, Path home) {
        this.options = options;
        this.home = home;
        this.target = home.resolve("chaos-tests/target/chaos").resolve("seed-" + options.seed());
    }

    public static void main(String[] arguments) throws IOException {
        try {
            Options options = Options.parse(List.of(arguments));
            System.exit(run(options, Path.of("").toAbsolutePath()));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    private static int run(Options options, Path home) throws IOException {
        if (options.help()) {
            System.out.print(Options.helpText());
            return 0;
        }
        Chaos chaos = new Chaos(options, home);
        if (options.check().isPresent()) {
            chaos.report(Checker.check(options.check().get()));
        } else {
            chaos.play();
        }
        return chaos.wrong == 0 ? 0 : 1;
    }

    private void play() throws IOException {
        System.out.println("Seed " + options.seed() + "; logs in " + home.relativize(target));
        clear();
        for (Bed bed : Bed.values()) {
            List<Scenario> scenarios = options.scenarios().stream()
                    .filter(scenario -> scenario.bed() == bed)
                    .toList();
            if (!scenarios.isEmpty()) {
                play(bed, scenarios);
            }
        }
        System.out.println(played + " rounds, " + wrong + " of them not as promised.");
    }

    /** What the same seed has left behind, Redis' data among it, is not to be taken for what happens now. */
    private void clear() throws IOException {
        if (Files.exists(target)) {
            try (Stream<Path> all = Files.walk(target)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private void play(Bed bed, List<Scenario> scenarios) throws IOException {
        Network network = bed == Bed.APART ? Namespaces.create() : Network.loopback();
        Cluster.Shape shape =
                new Cluster.Shape(3, 2, 2, bed == Bed.EVERY_SECOND ? "everysec" : "always", options.resumes());
        Path folder = target.resolve("cluster-" + bed.name().toLowerCase(Locale.ROOT));
        try (Cluster cluster = Cluster.start(home, folder, shape, network)) {
            Books books = new Books(bed != Bed.EVERY_SECOND);
            for (int round = 1; round <= options.rounds(); round++) {
                for (Scenario scenario : scenarios) {
                    play(cluster, books, scenario, round);
                    cluster.repair();
                }
            }
        }
    }

    private void play(Cluster cluster, Books books, Scenario scenario, int round) throws IOException {
        played++;
        String name = scenario.name() + "-" + round;
        long seed = options.seed() * 1_000_003 + name.hashCode();
        System.out.println("== " + name);
        Path folder = target.resolve(name);
        try {
            books.add(new Round(scenario, folder, "p" + played + "x", seed, options.people(), options.rate())
                    .play(cluster));
            books.compare(cluster, new Course.Writer(folder));
            report(Checker.check(folder));
        } catch (IllegalStateException broken) {
            wrong++;
            books.lose();
            System.out.println("It could not be played to its end: " + broken.getMessage());
        }
    }

    private void report(Checker.Result result) {
        Figures figures = result.figures();
        System.out.println("%,d messages to %d clients, %,d deliveries; %d repeated, %d times somebody came back"
                .formatted(
                        figures.acknowledged(),
                        figures.clients(),
                        figures.deliveries(),
                        figures.repeated(),
                        figures.resumed()));
        System.out.println("longest silence %.1f s, slowest delivery %.1f s; %s"
                .formatted(figures.longestSilenceMs() / 1e3, figures.slowestMs() / 1e3, result.summary()));
        System.out.println(
                "at most %.1f clients a second let in by a gateway; %s; something waited for a CPU %d %% of the time"
                        .formatted(
                                figures.mostLetIn(),
                                figures.slowestGhostMs() == 0
                                        ? "no ghosts"
                                        : "ghosts gone after %.1f s".formatted(figures.slowestGhostMs() / 1e3),
                                figures.pressure()));
        if (figures.forgotten() > 0) {
            System.out.println("%,d acknowledged messages are gone with Redis".formatted(figures.forgotten()));
        }
        result.findings().stream().limit(MOST_SHOWN).forEach(finding -> System.out.println("  " + finding));
        if (!result.findings().isEmpty()) {
            wrong++;
        }
    }
}
