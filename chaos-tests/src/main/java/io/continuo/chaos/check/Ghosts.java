package io.continuo.chaos.check;

import io.continuo.chaos.check.Finding.Kind;
import io.continuo.chaos.log.Course;
import io.continuo.chaos.log.Line;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** When a gateway dies, those who follow its users hear soon that they are gone (protocol/layer.md §9.2). */
final class Ghosts {
    private Ghosts() {}

    /** One follower's socket, and how long it took until it was told of one ghost; empty when it never was. */
    private record Witness(Journal journal, Course.Ghost ghost, OptionalLong afterMs) {
        static Witness of(Journal journal, Course.Ghost ghost) {
            return new Witness(
                    journal,
                    ghost,
                    journal.all(Line.Presence.class)
                            .filter(seen -> seen.ms() >= ghost.ms()
                                    && seen.line().user().equals(ghost.user())
                                    && seen.line().status().equals("offline"))
                            .mapToLong(seen -> seen.ms() - ghost.ms())
                            .findFirst());
        }

        boolean isLate() {
            return afterMs.isEmpty() || afterMs.getAsLong() > ghost.withinMs();
        }

        Finding finding() {
            String when = afterMs.isPresent() ? "after " + afterMs.getAsLong() + " ms" : "never";
            return new Finding(Kind.GHOST, journal.name(), "heard " + when + " that " + ghost.user() + " is gone");
        }
    }

    static List<Finding> of(Run run) {
        return witnesses(run).filter(Witness::isLate).map(Witness::finding).toList();
    }

    /** How long it took at most until somebody was told; 0 when there were no ghosts. */
    static long slowestMs(Run run) {
        return witnesses(run)
                .flatMapToLong(witness -> witness.afterMs().stream())
                .max()
                .orElse(0);
    }

    private static Stream<Witness> witnesses(Run run) {
        return run.course().ghosts().stream()
                .flatMap(ghost -> run.journals().stream()
                        .filter(journal -> !journal.left() && ghost.followers().contains(journal.user()))
                        .map(journal -> Witness.of(journal, ghost)));
    }
}
