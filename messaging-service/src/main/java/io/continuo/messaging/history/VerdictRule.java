package io.continuo.messaging.history;

import io.continuo.common.event.Position;
import io.continuo.common.event.Verdict;
import io.continuo.common.event.Verdict.Kind;
import java.util.Optional;

/**
 * Decides what a client that resumes can have back, from what its history really holds. Since a client's sequence is
 * dense, two numbers tell whether anything lies between them, also when the entries themselves are gone.
 *
 * @param first the history's first entry
 * @param exact the entry at the presented position
 * @param next the first entry after it
 */
record VerdictRule(Position tail, Optional<Entry> first, Optional<Entry> exact, Optional<Entry> next) {

    /** The verdict, and where the connection's cursor starts. */
    record Resumption(Verdict verdict, Position start) {}

    Resumption judge(Position since) {
        if (isFromAFutureThatRedisLost(since)) {
            return resumption(Kind.LOST, since, tail, tail);
        }
        if (isHeld(since)) {
            return resumption(Kind.COMPLETE, since, tail, since);
        }
        if (next.isEmpty()) {
            return resumption(Kind.PARTIAL, since, tail, tail);
        }
        Position resume = next.get().before();
        return resumption(Kind.PARTIAL, since, resume, resume);
    }

    private boolean isFromAFutureThatRedisLost(Position since) {
        if (since.seq() > tail.seq() || since.ms() > tail.ms()) {
            return true;
        }
        if (since.seq() == tail.seq()) {
            return since.ms() != tail.ms();
        }
        if (next.filter(entry -> since.seq() >= entry.firstSeq()
                        && since.ms() != entry.position().ms())
                .isPresent()) {
            return true;
        }
        boolean olderAreHeld = first.isPresent() && next.isPresent() && !first.equals(next);
        return olderAreHeld && !isHeld(since);
    }

    /** Nothing is missing between {@code since} and what the history holds. */
    private boolean isHeld(Position since) {
        if (since.equals(tail) || exact.isPresent()) {
            return true;
        }
        return next.filter(entry -> continues(entry, since)).isPresent();
    }

    private boolean continues(Entry entry, Position since) {
        boolean insideItsSpan = since.ms() == entry.position().ms() && since.seq() >= entry.firstSeq();
        boolean nothingBetween = first.filter(entry::equals).isPresent() && entry.firstSeq() == since.seq() + 1;
        return insideItsSpan || nothingBetween;
    }

    private static Resumption resumption(Kind kind, Position since, Position to, Position start) {
        return new Resumption(new Verdict(kind, since, to), start);
    }
}
