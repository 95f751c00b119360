package io.continuo.gateway.api;

import java.util.Locale;
import java.util.Optional;

/** The kinds of values that a subject has. */
public enum SubjectKind {
    STATE,
    READINGS,
    IOT;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SubjectKind> of(String wire) {
        for (SubjectKind kind : values()) {
            if (kind.wire().equals(wire)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
