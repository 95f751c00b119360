package io.continuo.chaos.check;

import io.continuo.chaos.check.Finding.Kind;
import io.continuo.chaos.log.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every acknowledged message has reached every participant's client. Only a Redis that came back with less than it had
 * may lose some, and then nobody who had seen them may be left believing that they are there.
 */
final class Losses {
    private final Run run;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Long> sentAt = new HashMap<>();

    private Losses(Run run) {
        this.run = run;
        run.journals()
                .forEach(journal -> journal.all(Line.Sent.class)
                        .forEach(sent -> sentAt.putIfAbsent(sent.line().message(), sent.ms())));
    }

    static List<Finding> of(Run run) {
        Losses losses = new Losses(run);
        for (Journal journal : run.journals()) {
            journal.all(Line.Acknowledged.class).forEach(known -> losses.promised(journal, known.ms(), known.line()));
            journal.all(Line.MessageCreated.class)
                    .forEach(created -> losses.told(
                            journal,
                            created.ms(),
                            created.line().conversation(),
                            created.line().message()));
        }
        return losses.findings;
    }

    private void promised(Journal sender, long ms, Line.Acknowledged known) {
        if (run.isGone(known.conversation(), known.message())) {
            promiseBroken(sender, known);
            return;
        }
        for (Journal journal : run.of(known.conversation())) {
            boolean loadedByRest = journal.restartedSince(sentAt.getOrDefault(known.message(), ms));
            if (!journal.has(known.conversation(), known.message()) && !loadedByRest) {
                find(Kind.LOST, journal, "message " + known.message() + ", which " + sender.name() + " was promised");
            }
        }
    }

    /** Who has not even seen the message yet cannot be told by its position: the promise was as good as Redis. */
    private void promiseBroken(Journal sender, Line.Acknowledged known) {
        if (!run.course().rollback()) {
            find(Kind.LOST, sender, "message " + known.message() + ", which it was promised, is not there");
        }
    }

    /** Who knows of a message that is gone must have been told since. */
    private void told(Journal journal, long ms, String conversation, String message) {
        if (!run.isGone(conversation, message)) {
            return;
        }
        if (!run.course().rollback()) {
            find(Kind.LOST, journal, "message " + message + " is not there any more");
        } else if (!journal.left() && !journal.wasToldOfLossSince(ms)) {
            find(Kind.VERDICT, journal, "message " + message + " is gone, and nobody said so");
        }
    }

    private void find(Kind kind, Journal journal, String what) {
        findings.add(new Finding(kind, journal.name(), what));
    }
}
