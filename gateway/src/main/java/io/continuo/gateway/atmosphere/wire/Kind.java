package io.continuo.gateway.atmosphere.wire;

import java.util.Arrays;
import java.util.Locale;

/** What {@code X-Atmosphere-Transport} asks for (protocol/atmosphere.md §2.1). */
public enum Kind {
    WEBSOCKET("websocket"),
    SSE("sse"),
    STREAMING("streaming"),
    LONG_POLLING("long-polling"),
    JSONP("jsonp"),
    /** The client goes. */
    CLOSE("close"),
    /** What we do not know; a push may have any kind. */
    OTHER("");

    private final String wire;

    Kind(String wire) {
        this.wire = wire;
    }

    /** As clients call it. */
    public String wire() {
        return wire;
    }

    /** Whether a client that comes so is sent texts. */
    public boolean isHeld() {
        return this != CLOSE && this != OTHER;
    }

    static Kind of(String wire) {
        String lower = wire.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.wire.equals(lower))
                .findFirst()
                .orElse(OTHER);
    }

    /** Whether the client asks again after each answer. */
    public boolean isPoll() {
        return this == LONG_POLLING || this == JSONP;
    }
}
