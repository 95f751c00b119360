package io.continuo.chaos.check;

import io.continuo.chaos.check.Finding.Kind;
import io.continuo.chaos.log.Course;
import io.continuo.chaos.log.Line;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When a gateway dies, those who follow its users hear soon that they are gone (protocol/layer.md §9.2). */
final class Ghosts {
    private Ghosts() {}

    static List<Finding> of(Run run) {
        return run.course().ghosts().stream()
                .flatMap(ghost -> unaware(run, ghost))
                .toList();
    }

    private static Stream<Finding> unaware(Run run, Course.Ghost ghost) {
        return run.journals().stream()
                .filter(journal -> !journal.left() && ghost.followers().contains(journal.user()))
                .flatMap(journal -> look(journal, ghost).stream());
    }

    private static Optional<Finding> look(Journal journal, Course.Ghost ghost) {
        Optional<Long> heard = journal.all(Line.Presence.class)
                .filter(seen -> seen.ms() >= ghost.ms()
                        && seen.line().user().equals(ghost.user())
                        && seen.line().status().equals("offline"))
                .map(seen -> seen.ms() - ghost.ms())
                .findFirst();
        if (heard.isPresent() && heard.get() <= ghost.withinMs()) {
            return Optional.empty();
        }
        String when = heard.map(ms -> "after " + ms + " ms").orElse("never");
        return Optional.of(
                new Finding(Kind.GHOST, journal.name(), "heard " + when + " that " + ghost.user() + " is gone"));
    }
}
