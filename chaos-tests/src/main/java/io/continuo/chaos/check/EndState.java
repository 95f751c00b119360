package io.continuo.chaos.check;

import io.continuo.chaos.check.Finding.Kind;
import io.continuo.chaos.log.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client ends with is what REST says: messages, last message, unread count. And everything that was sent has been
 * answered.
 */
final class EndState {
    private final Journal journal;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> last = new HashMap<>();
    private final Map<String, String> unread = new HashMap<>();
    private final Set<String> unanswered = new HashSet<>();

    private EndState(Journal journal) {
        this.journal = journal;
    }

    static List<Finding> of(Journal journal) {
        EndState state = new EndState(journal);
        journal.entries().forEach(entry -> state.take(entry.line()));
        if (!journal.left()) {
            state.unanswered.forEach(message -> state.find("message " + message + " was never answered"));
            journal.rest().values().forEach(state::compare);
        }
        return state.findings;
    }

    private void take(Line line) {
        switch (line) {
            case Line.ConversationUpdated updated -> {
                note(last, updated.conversation(), updated.last());
                note(unread, updated.conversation(), updated.unread());
            }
            case Line.Restarted restarted -> {
                last.clear();
                unread.clear();
            }
            case Line.Sent sent -> unanswered.add(sent.message());
            case Line.Acknowledged acknowledged -> unanswered.remove(acknowledged.message());
            case Line.Refused refused -> {
                unanswered.remove(refused.message());
                find("message " + refused.message() + " was refused: " + refused.error());
            }
            case Line.Opened opened -> {}
            case Line.Closed closed -> {}
            case Line.Left gone -> {}
            case Line.Rest rest -> {}
            case Line.MessageCreated created -> {}
            case Line.OtherChange change -> {}
            case Line.Presence presence -> {}
            case Line.Resumed resumed -> {}
            case Line.Other other -> {}
            case Line.Tail tail -> {}
        }
    }

    private static void note(Map<String, String> values, String conversation, String value) {
        if (!value.equals(Line.NONE)) {
            values.put(conversation, value);
        }
    }

    private void compare(Line.Rest rest) {
        if (!journal.restarted()) {
            Set<String> mine = new HashSet<>(journal.messages(rest.conversation()));
            Set<String> theirs = new HashSet<>(rest.messages());
            if (!mine.equals(theirs)) {
                find("conversation " + rest.conversation() + " has " + mine.size() + " messages here and "
                        + theirs.size() + " by REST");
            }
        }
        compare(rest, "the last message", last, rest.last());
        compare(rest, "the unread count", unread, Long.toString(rest.unread()));
    }

    private void compare(Line.Rest rest, String what, Map<String, String> values, String byRest) {
        String mine = values.getOrDefault(rest.conversation(), byRest);
        if (!mine.equals(byRest)) {
            find(what + " of " + rest.conversation() + " is " + mine + " here and " + byRest + " by REST");
        }
    }

    private void find(String what) {
        findings.add(new Finding(Kind.STATE, journal.name(), what));
    }
}
