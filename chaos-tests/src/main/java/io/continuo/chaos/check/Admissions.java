package io.continuo.chaos.check;

import io.continuo.chaos.check.Finding.Kind;
import io.continuo.chaos.log.Course;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * No gateway lets more clients in than its bound, whoever has died beside it. Judged by what the gateways themselves said
 * of how many they had let in, between any two times that they were asked.
 */
final class Admissions {
    /** A gateway may let in so much of a second's share at once (docs/operations.md, "Storms"). */
    private static final double BURST_SECONDS = 0.02;
    /** Shorter times tell nothing of a rate. */
    private static final double LEAST_SECONDS = 2;

    private final List<Course.Door> doors;
    private final int perSecond;

    private Admissions(List<Course.Door> doors, int perSecond) {
        this.doors = doors;
        this.perSecond = perSecond;
    }

    static List<Finding> of(Run run) {
        int perSecond = run.course().admissions();
        List<Finding> findings = new ArrayList<>();
        if (perSecond > 0) {
            byProcess(run)
                    .forEach((gateway, doors) -> new Admissions(doors, perSecond)
                            .tooMany()
                            .ifPresent(what -> findings.add(new Finding(Kind.UNMET, gateway, what))));
        }
        return findings;
    }

    /** How many a second a gateway has let in at the most, over a time that is long enough; 0 when nobody asked. */
    static double most(Run run) {
        return byProcess(run).values().stream()
                .mapToDouble(doors -> new Admissions(doors, 0).most())
                .max()
                .orElse(0);
    }

    private static Map<String, List<Course.Door>> byProcess(Run run) {
        return run.course().doors().stream()
                .sorted(Comparator.comparingLong(Course.Door::fromMicros))
                .collect(Collectors.groupingBy(Course.Door::gateway));
    }

    private Optional<String> tooMany() {
        for (int i = 0; i < doors.size(); i++) {
            for (int j = i + 1; j < doors.size(); j++) {
                long came = came(i, j);
                double seconds = seconds(i, j);
                if (came > perSecond * (seconds + BURST_SECONDS) + 1) {
                    return Optional.of("let in %d within %.1f s".formatted(came, seconds));
                }
            }
        }
        return Optional.empty();
    }

    private double most() {
        double most = 0;
        for (int i = 0; i < doors.size(); i++) {
            for (int j = i + 1; j < doors.size(); j++) {
                double seconds = seconds(i, j);
                most = seconds < LEAST_SECONDS ? most : Math.max(most, came(i, j) / seconds);
            }
        }
        return most;
    }

    private long came(int i, int j) {
        return doors.get(j).admitted() - doors.get(i).admitted();
    }

    /** The longest that it can have been between one answer and another. */
    private double seconds(int i, int j) {
        return (doors.get(j).toMicros() - doors.get(i).fromMicros()) / 1e6;
    }
}
