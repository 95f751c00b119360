package io.continuo.common.model;

import java.util.Locale;

/** What a member may do with a channel (protocol/layer.md §10.7). */
public enum MemberRole {
    /** Write, change the metadata, add others, leave. */
    USER,
    /** Its creator: also rename and delete it, and remove others and their messages. */
    OWNER;

    /** The word of the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
