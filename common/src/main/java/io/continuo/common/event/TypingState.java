package io.continuo.common.event;

import java.util.Locale;
import java.util.Optional;

/** What a person at a keyboard is doing (protocol/layer.md §9.1). */
public enum TypingState {
    STARTED,
    PAUSED,
    FINISHED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word of the wire; empty when it is none. */
    public static Optional<TypingState> of(String wire) {
        for (TypingState state : values()) {
            if (state.wire().equals(wire)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
