package io.continuo.chaos.check;

import io.continuo.chaos.check.Finding.Kind;
import io.continuo.chaos.log.Line;
import java.util.List;

/** Who resumes is told that all is there, unless Redis has lost something. */
final class Verdicts {
    private Verdicts() {}

    static List<Finding> of(Run run) {
        return run.course().rollback()
                ? List.of()
                : run.journals().stream()
                        .flatMap(journal -> journal.all(Line.Resumed.class)
                                .filter(resumed -> !resumed.line().verdict().equals("complete"))
                                .map(resumed -> new Finding(
                                        Kind.VERDICT,
                                        journal.name(),
                                        resumed.line().verdict() + " from "
                                                + resumed.line().from() + " to "
                                                + resumed.line().to())))
                        .toList();
    }
}
