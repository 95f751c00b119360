package io.continuo.gateway.subject;

import io.continuo.common.model.Lifecycle;
import java.util.List;

/** What a client is told (protocol/atmosphere.md §6.7). All texts are JSON as it goes to the client. */
public sealed interface SubjectEvent {

    /** For an interest in {@code state}. */
    record State(String state) implements SubjectEvent {}

    /** For an interest in {@code state_batch}: one state of each subject at most. */
    record States(List<String> states) implements SubjectEvent {
        public States {
            states = List.copyOf(states);
        }
    }

    /** For an interest in {@code readings_batch}: the parts that were written since, in readings objects. */
    record Readings(List<Part> parts) implements SubjectEvent {
        public Readings {
            parts = List.copyOf(parts);
        }

        /** @param readings {@code {"inputs":[…],"states":[…],"virtual_sensors":[…],"counters":[…]}} */
        public record Part(long subject, String readings) {}
    }

    /** For an interest in {@code iot_monitor}: items of {@code iot_last_values}. */
    record Iot(List<String> items) implements SubjectEvent {
        public Iot {
            items = List.copyOf(items);
        }
    }

    /** For any interest but {@code iot_monitor}, once however many there are. */
    record Change(long subject, long sourceId, Lifecycle event) implements SubjectEvent {}
}
