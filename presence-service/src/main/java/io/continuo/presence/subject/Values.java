package io.continuo.presence.subject;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.continuo.common.model.Lifecycle;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.SubjectWrite;
import io.continuo.presence.subject.SubjectStore.Current;
import io.continuo.presence.subject.SubjectStore.Want;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to become of a subject's values by some writes, one after another. */
final class Values {
    private final List<SubjectWrite> states = new ArrayList<>(1);
    private final List<SubjectWrite> iot = new ArrayList<>(0);
    private final Map<String, ObjectNode> parts = new LinkedHashMap<>();
    private boolean onlyTheseParts;

    void add(SubjectWrite write) {
        if (write.state() != null) {
            addTo(states, write);
        }
        if (write.iot() != null) {
            addTo(iot, write);
        }
        String readings = write.readings();
        if (readings != null) {
            if (write.replace()) {
                parts.clear();
                onlyTheseParts = true;
            }
            Merging.parts(readings)
                    .forEach((part, json) -> parts.merge(part, json, (one, other) -> {
                        one.setAll(other);
                        return one;
                    }));
        }
    }

    /** What is replaced need not be known. */
    private static void addTo(List<SubjectWrite> writes, SubjectWrite write) {
        if (write.replace()) {
            writes.clear();
        }
        writes.add(write);
    }

    /** Whether it depends on what is stored. */
    boolean merges() {
        return merges(states) || merges(iot) || (!parts.isEmpty() && !onlyTheseParts);
    }

    private static boolean merges(List<SubjectWrite> writes) {
        return !writes.isEmpty() && !writes.getFirst().replace();
    }

    Want want(SubjectId subject) {
        return new Want(subject, merges(iot), onlyTheseParts ? List.of() : List.copyOf(parts.keySet()));
    }

    /**
     * @param known null when nothing depends on it
     * @param facts fields and values
     */
    Draft draft(
            SubjectId subject,
            String condition,
            @Nullable Current known,
            List<String> facts,
            @Nullable Lifecycle event) {
        Map<String, String> written = new LinkedHashMap<>();
        Map<String, String> stored = known == null || onlyTheseParts ? Map.of() : known.readings();
        parts.forEach((part, json) -> written.put(part, Merging.overlaid(stored.getOrDefault(part, ""), json)));
        return new Draft(
                subject,
                condition,
                state(known == null ? "" : known.state()),
                iot(known == null ? "" : known.iot()),
                onlyTheseParts,
                written,
                facts,
                event);
    }

    private @Nullable String state(String stored) {
        String state = stored;
        for (SubjectWrite write : states) {
            String given = String.valueOf(write.state());
            state = write.replace() ? given : Merging.patched(state, given);
        }
        return states.isEmpty() ? null : state;
    }

    private @Nullable String iot(String stored) {
        String values = stored;
        for (SubjectWrite write : iot) {
            values = Merging.iot(write.replace() ? "" : values, String.valueOf(write.iot()));
        }
        return iot.isEmpty() ? null : values;
    }
}
