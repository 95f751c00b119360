package io.continuo.common.model;

import java.util.Locale;
import java.util.Optional;

/** Who is behind an identity (protocol/layer.md §10.1). */
public enum IdentityType {
    USER,
    BOT;

    /** The word of the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word of the wire, in any case; empty when it is none. */
    public static Optional<IdentityType> of(String wire) {
        for (IdentityType type : values()) {
            if (type.name().equalsIgnoreCase(wire)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
