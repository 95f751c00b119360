package io.continuo.chaos.check;

import io.continuo.chaos.check.Finding.Kind;
import io.continuo.chaos.log.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** No gateway lets more clients in than its bound, whoever has died beside it. */
final class Admissions {
    private static final int WINDOW_SECONDS = 2;
    /** Clients that were busy themselves may have seen closer together what was further apart. */
    private static final int TOLERANCE = 3;

    private Admissions() {}

    static List<Finding> of(Run run) {
        List<Finding> findings = new ArrayList<>();
        int perSecond = run.course().admissions();
        if (perSecond > 0) {
            opened(run).forEach((server, times) -> {
                int most = most(times.stream().sorted().toList());
                if (most > TOLERANCE * perSecond * WINDOW_SECONDS) {
                    findings.add(
                            new Finding(Kind.UNMET, server, "let in " + most + " within " + WINDOW_SECONDS + " s"));
                }
            });
        }
        return findings;
    }

    private static Map<String, List<Long>> opened(Run run) {
        Map<String, List<Long>> times = new TreeMap<>();
        run.journals()
                .forEach(journal -> journal.all(Line.Opened.class)
                        .forEach(opened -> times.computeIfAbsent(opened.line().server(), first -> new ArrayList<>())
                                .add(opened.ms())));
        return times;
    }

    /** How many of these lie within one window at the most. */
    private static int most(List<Long> times) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < times.size(); to++) {
            while (times.get(to) - times.get(from) > WINDOW_SECONDS * 1_000L) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
