package io.continuo.gateway.subject;

import java.util.Locale;

/** What comes of a subject that a client has asked for (protocol/atmosphere.md §6.4). */
public enum SubjectStatus {
    NORMAL,
    /** Only its lifecycle is told until it is unblocked. */
    BLOCKED,
    /** There is none, or it is somebody else's. */
    UNKNOWN,
    DISALLOWED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
