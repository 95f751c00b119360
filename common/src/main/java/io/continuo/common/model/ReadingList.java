package io.continuo.common.model;

import java.util.Locale;
import java.util.Optional;

/** The lists of a readings object (protocol/atmosphere.md §6.7), and what tells their elements apart. */
public enum ReadingList {
    INPUTS("sensor_id"),
    STATES("field"),
    VIRTUAL_SENSORS("sensor_id"),
    COUNTERS("type");

    private final String key;

    ReadingList(String key) {
        this.key = key;
    }

    /** The property that tells an element of the list from the others. */
    public String key() {
        return key;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word of the wire; empty when it is none. */
    public static Optional<ReadingList> of(String wire) {
        for (ReadingList list : values()) {
            if (list.wire().equals(wire)) {
                return Optional.of(list);
            }
        }
        return Optional.empty();
    }
}
