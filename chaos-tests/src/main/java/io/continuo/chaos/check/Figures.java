package io.continuo.chaos.check;

import io.continuo.chaos.log.Line;
import java.util.HashMap;
import java.util.Map;

/**
 * What happened in a run.
 *
 * @param clients sockets that were kept open
 * @param acknowledged messages
 * @param repeated messages that had to be sent more than once
 * @param deliveries messages that reached a client
 * @param resumed how often a client came back
 * @param forgotten acknowledged messages that Redis does not have any more
 * @param longestSilenceMs the longest time for which a client that stayed got nothing at all
 * @param slowestMs the longest that a message took, from its first sending to a client
 * @param slowestGhostMs the longest until followers heard that somebody was gone; 0 where nobody was
 * @param mostLetIn how many clients a gateway let in a second at the most
 * @param pressure for how much of the time, in percent, something waited for a processor
 */
public record Figures(
        int clients,
        long acknowledged,
        long repeated,
        long deliveries,
        long resumed,
        long forgotten,
        long longestSilenceMs,
        long slowestMs,
        long slowestGhostMs,
        double mostLetIn,
        long pressure) {

    static Figures of(Run run) {
        Map<String, Long> sentAt = new HashMap<>();
        long acknowledged = 0;
        long repeated = 0;
        for (Journal journal : run.journals()) {
            journal.all(Line.Sent.class)
                    .forEach(sent -> sentAt.putIfAbsent(sent.line().message(), sent.ms()));
            acknowledged += journal.all(Line.Acknowledged.class).count();
            repeated += journal.all(Line.Sent.class)
                    .filter(sent -> sent.line().attempt() == 2)
                    .count();
        }
        return new Figures(
                run.journals().size(),
                acknowledged,
                repeated,
                sum(run, Line.MessageCreated.class),
                sum(run, Line.Opened.class) - run.journals().size(),
                forgotten(run),
                run.journals().stream().mapToLong(Figures::longestSilence).max().orElse(0),
                run.journals().stream()
                        .mapToLong(journal -> slowest(journal, sentAt))
                        .max()
                        .orElse(0),
                Ghosts.slowestMs(run),
                Admissions.most(run),
                run.course().pressure());
    }

    private static long forgotten(Run run) {
        return run.journals().stream()
                .flatMap(journal -> journal.all(Line.Acknowledged.class))
                .filter(known ->
                        run.isGone(known.line().conversation(), known.line().message()))
                .count();
    }

    private static long sum(Run run, Class<? extends Line> kind) {
        return run.journals().stream()
                .mapToLong(journal -> journal.all(kind).count())
                .sum();
    }

    private static long longestSilence(Journal journal) {
        long[] times =
                journal.all(Line.Packet.class).mapToLong(Journal.Timed::ms).toArray();
        long longest = 0;
        for (int i = 1; i < times.length; i++) {
            longest = Math.max(longest, times[i] - times[i - 1]);
        }
        return longest;
    }

    private static long slowest(Journal journal, Map<String, Long> sentAt) {
        return journal.all(Line.MessageCreated.class)
                .mapToLong(created ->
                        created.ms() - sentAt.getOrDefault(created.line().message(), created.ms()))
                .max()
                .orElse(0);
    }
}
