package io.continuo.common.model;

import java.util.Locale;

/** What becomes of a subject, or of somebody's right to see it (protocol/atmosphere.md §6.7). */
public enum Lifecycle {
    BLOCK,
    UNBLOCK,
    /** It is gone, for all or for the one who is told. */
    CORRUPT;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
