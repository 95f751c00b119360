package io.continuo.common.event;

import java.util.Locale;

/**
 * What a client that resumed has got back.
 *
 * @param from the position the client presented
 * @param to {@code COMPLETE}: the tail up to which everything is delivered; {@code PARTIAL}: the first position that is
 *     still there, what lies between is gone; {@code LOST}: the tail, the client has to load anew
 */
public record Verdict(Kind kind, Position from, Position to) {

    /** The three answers, and no fourth. */
    public enum Kind {
        COMPLETE,
        PARTIAL,
        LOST;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
