package io.continuo.chaos.check;

import io.continuo.chaos.check.Finding.Kind;
import io.continuo.chaos.log.Entry;
import io.continuo.chaos.log.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one client can tell by itself (protocol/layer.md §5.2): the packets of a connection are numbered 0, 1, 2, …, and
 * over all connections the sequence of positions is dense, so each comes once and in order.
 */
final class Continuity {
    private final Journal journal;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Long> missing = new TreeSet<>();
    private final Set<String> messages = new HashSet<>();
    private long nextCounter;
    private long lastSequence = -1;
    private boolean anySequence;

    private Continuity(Journal journal) {
        this.journal = journal;
    }

    static List<Finding> of(Journal journal) {
        Continuity continuity = new Continuity(journal);
        journal.entries().stream().map(Entry::line).forEach(continuity::take);
        continuity.giveUpMissing();
        return continuity.findings;
    }

    private void take(Line line) {
        if (line instanceof Line.Packet packet) {
            count(packet);
        }
        switch (line) {
            case Line.Opened opened -> open(opened);
            case Line.Restarted restarted -> begin(sequence(restarted.position()));
            case Line.Resumed resumed -> anySequence = !resumed.verdict().equals("complete");
            case Line.MessageCreated created -> {
                place(created.at());
                if (!messages.add(created.message())) {
                    find(Kind.DOUBLED, "message " + created.message() + " at " + created.at());
                }
            }
            case Line.Change change -> place(change.at());
            case Line.Presence presence -> {}
            case Line.Other other -> {}
            case Line.Closed closed -> {}
            case Line.Sent sent -> {}
            case Line.Acknowledged acknowledged -> {}
            case Line.Refused refused -> {}
            case Line.Left gone -> {}
            case Line.Rest rest -> {}
            case Line.Tail tail -> end(tail);
        }
    }

    private void count(Line.Packet packet) {
        if (packet.counter() != nextCounter) {
            find(Kind.MISCOUNTED, "counter " + packet.counter() + " instead of " + nextCounter);
        }
        nextCounter = packet.counter() + 1;
    }

    private void open(Line.Opened opened) {
        nextCounter = 0;
        if (lastSequence < 0) {
            begin(sequence(opened.since()));
        }
    }

    /** From here on; what came before may come again, since Redis was restored from an older state. */
    private void begin(long sequence) {
        giveUpMissing();
        messages.clear();
        lastSequence = sequence;
        anySequence = false;
    }

    private void place(String position) {
        long sequence = sequence(position);
        if (sequence > lastSequence) {
            for (long skipped = lastSequence + 1; skipped < sequence && !anySequence; skipped++) {
                missing.add(skipped);
            }
            lastSequence = sequence;
        } else if (missing.remove(sequence)) {
            find(Kind.DISORDERED, "position " + position + " came after " + lastSequence);
        } else {
            find(Kind.DOUBLED, "position " + position);
        }
        anySequence = false;
    }

    private void end(Line.Tail tail) {
        if (sequence(tail.position()) > lastSequence && !anySequence) {
            find(Kind.LOST, "the history goes on to " + tail.position() + ", the client ends at " + lastSequence);
        }
    }

    private void giveUpMissing() {
        if (!missing.isEmpty()) {
            find(
                    Kind.LOST,
                    missing.size() + " positions, among them "
                            + missing.stream().limit(5).toList());
            missing.clear();
        }
    }

    private static long sequence(String position) {
        return Long.parseLong(position.substring(position.indexOf('-') + 1));
    }

    private void find(Kind kind, String what) {
        findings.add(new Finding(kind, journal.name(), what));
    }
}
