package io.continuo.common.event;

import java.util.Locale;
import java.util.Optional;

/** What others may see of a user's presence, and {@code INVISIBLE}, which only the user sees (protocol/layer.md §9.2). */
public enum PresenceStatus {
    AVAILABLE,
    AWAY,
    BUSY,
    INVISIBLE,
    OFFLINE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word of the wire; empty when it is none. */
    public static Optional<PresenceStatus> of(String wire) {
        for (PresenceStatus status : values()) {
            if (status.wire().equals(wire)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
