package io.continuo.common.model;

import java.util.Locale;

/** Whether a webhook is given events (protocol/layer.md §14.2). */
public enum WebhookStatus {
    /** Its receiver has not yet answered the challenge. */
    UNVERIFIED,
    /** It is given events. */
    ACTIVE,
    /** Switched off, by somebody or because its receiver does not answer. */
    INACTIVE;

    /** The word of the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
