package io.continuo.common.model;

/** How a part of a message that was sent has changed (protocol/layer.md §8.3). */
public enum PartChange {
    /** It is new. */
    ADDED,
    /** Its text or its MIME type is another. */
    EDITED,
    /** Something else stands in its place: content instead of text, or the other way round. */
    REPLACED,
    /** It is gone. */
    REMOVED;

    /** How many packets tell of it: an edit concerns the part and then the message. */
    public int span() {
        return this == EDITED ? 2 : 1;
    }
}
