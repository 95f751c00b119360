package io.continuo.chaos.check;

import io.continuo.chaos.check.Finding.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** States what is wrong with a folder of logs: {@code ./chaos --check FOLDER}. */
public final class Checker {
    private Checker() {}

    /** What came of a run. */
    public record Result(Figures figures, List<Finding> findings) {
        /** How many findings there are of each kind, in words. */
        public String summary() {
            Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
            findings.forEach(finding -> counts.merge(finding.kind(), 1, Integer::sum));
            return counts.isEmpty()
                    ? "nothing lost, doubled or disordered"
                    : counts.entrySet().stream()
                            .map(count -> count.getValue() + " "
                                    + count.getKey().name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
    }

    /** @throws IllegalArgumentException when a log makes no sense */
    public static Result check(Path folder) throws IOException {
        Run run = Run.read(folder);
        List<Finding> findings = new ArrayList<>();
        for (Journal journal : run.journals()) {
            findings.addAll(Continuity.of(journal));
            findings.addAll(EndState.of(journal));
        }
        findings.addAll(Losses.of(run));
        findings.addAll(Orders.of(run));
        findings.addAll(Verdicts.of(run));
        findings.addAll(Ghosts.of(run));
        findings.addAll(Admissions.of(run));
        run.course().unmet().forEach(what -> findings.add(new Finding(Kind.UNMET, "course.txt", what)));
        return new Result(Figures.of(run), List.copyOf(findings));
    }
}
