package io.continuo.chaos.check;

import io.continuo.chaos.check.Finding.Kind;
import io.continuo.chaos.log.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All participants of a conversation see its messages in one order, that of REST. */
final class Orders {
    private Orders() {}

    static List<Finding> of(Run run) {
        List<Finding> findings = new ArrayList<>();
        for (String conversation : run.course().conversations().keySet()) {
            List<Journal> journals = run.of(conversation);
            Map<String, Integer> places = places(reference(run, conversation, journals));
            journals.forEach(journal -> compare(journal, conversation, places).ifPresent(findings::add));
        }
        return findings;
    }

    private static List<String> reference(Run run, String conversation, List<Journal> journals) {
        return run.rest(conversation)
                .map(Line.Rest::messages)
                .orElseGet(() ->
                        journals.isEmpty() ? List.of() : journals.getFirst().messages(conversation));
    }

    private static Map<String, Integer> places(List<String> messages) {
        Map<String, Integer> places = new HashMap<>();
        messages.forEach(message -> places.put(message, places.size()));
        return places;
    }

    /** The first message that comes too late. */
    private static Optional<Finding> compare(Journal journal, String conversation, Map<String, Integer> places) {
        int last = -1;
        for (String message : journal.messages(conversation)) {
            int place = places.getOrDefault(message, last);
            if (place < last) {
                return Optional.of(new Finding(
                        Kind.DISORDERED, journal.name(), "message " + message + " comes earlier for others"));
            }
            last = place;
        }
        return Optional.empty();
    }
}
