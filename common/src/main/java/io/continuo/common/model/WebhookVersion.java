package io.continuo.common.model;

import java.util.Arrays;
import java.util.Optional;

/** The versions of webhooks (protocol/layer.md §14.2): how events are named and bodies look. */
public enum WebhookVersion {
    V1("1.0"),
    V2("2.0"),
    V3("3.0");

    private final String wire;

    WebhookVersion(String wire) {
        this.wire = wire;
    }

    /** The word of the wire, such as {@code 2.0}. */
    public String wire() {
        return wire;
    }

    /** Reads the word of the wire; empty when it is none. */
    public static Optional<WebhookVersion> of(String wire) {
        return Arrays.stream(values())
                .filter(version -> version.wire.equals(wire))
                .findFirst();
    }
}
