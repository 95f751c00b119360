package io.continuo.common.model;

import java.util.Locale;

/** For whom something is deleted (protocol/layer.md §8.4). */
public enum DeletionMode {
    /** For everyone, for good. */
    ALL_PARTICIPANTS,
    /** For all devices of one user. */
    MY_DEVICES;

    /** The word of the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
