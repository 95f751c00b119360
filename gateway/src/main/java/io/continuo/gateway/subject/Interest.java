package io.continuo.gateway.subject;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to be told of subjects (protocol/atmosphere.md §6.3).
 *
 * @param rateLimitMs the shortest time between two events, in milliseconds; 0 sends each change at once
 */
public record Interest(Kind kind, Target target, Projection projection, long rateLimitMs) {

    /** The kinds of events that a client can ask for. Lifecycles come with all of them but the last. */
    public enum Kind {
        STATE(0),
        STATE_BATCH(1),
        READINGS_BATCH(2),
        IOT_MONITOR(3);

        private final int place;

        Kind(int place) {
            this.place = place;
        }

        /** From 0. */
        int place() {
            return place;
        }

        /** Whether it brings the lifecycle of its subjects along. */
        public boolean hasLifecycle() {
            return this != IOT_MONITOR;
        }
    }

    /** Which subjects. */
    public sealed interface Target {}

    /** Whatever the user may see, now and later. */
    public record All() implements Target {}

    /** Those that are named; which of them the user may see, the answer tells. */
    public record Selected(List<Long> ids) implements Target {
        public Selected {
            ids = List.copyOf(ids);
        }
    }

    /**
     * How much of it, and how it is written.
     *
     * @param compact whether states have their main fields only
     * @param sensorType only sensors of this type, and neither states nor counters; null for everything
     * @param components whether sensors that are parts of composite ones are told
     * @param isoDates whether times are written as in ISO 8601, otherwise as {@code yyyy-MM-dd HH:mm:ss}; both in UTC
     */
    public record Projection(boolean compact, @Nullable String sensorType, boolean components, boolean isoDates) {
        public static final Projection FULL = new Projection(false, null, true, false);
    }
}
