package io.continuo.common.model;

import java.util.Locale;

/** How far a message has come with one recipient. It only ever moves forward (protocol/layer.md §13.5). */
public enum ReceiptStatus {
    SENT,
    DELIVERED,
    READ;

    /** The word of the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
