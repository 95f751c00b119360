package io.continuo.gateway.atmosphere.visit;

import io.continuo.gateway.atmosphere.wire.Kind;
import io.continuo.gateway.socket.frame.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is counted about visits. Safe for all event loops. */
public final class VisitMetrics {
    private final Map<Kind, AtomicInteger> open = new EnumMap<>(Kind.class);
    private final Map<Kind, Counter> texts = new EnumMap<>(Kind.class);
    private final Map<Arrival, Counter> arrivals = new EnumMap<>(Arrival.class);
    private final Map<Ending, Counter> endings = new EnumMap<>(Ending.class);

    /** How a client came. */
    enum Arrival {
        /** It has never been here, or bears no id. */
        FRESH,
        /** From a connection of which all was known. */
        RESUMED,
        /** To what was kept, since its last gateway is gone or had let it go. */
        RECOVERED,
        /** With an id of ours of which nothing is known any more. */
        LOST
    }

    /** Why a visit is at home here no longer. */
    enum Ending {
        /** The client has said that it goes. */
        LEFT,
        /** The connection has ended, or no further poll has come. */
        GONE,
        /** The client did not read. */
        SLOW,
        /** The client gave no sign of life. */
        SILENT,
        /** The client is somewhere else. */
        REPLACED,
        /** The client was sent to another gateway. */
        MOVED,
        /** Something was wrong with what the client sent, or with us. */
        REFUSED;

        static Ending of(@Nullable CloseCode code) {
            return switch (code) {
                case null -> GONE;
                case LEFT -> LEFT;
                case OVERLOADED -> SLOW;
                case SILENT -> SILENT;
                case REPLACED -> REPLACED;
                case RESTART, REBALANCE -> MOVED;
                case PROTOCOL_ERROR, INVALID_TEXT, TOO_LARGE, INTERNAL, ABUSE, SESSION_ENDED, USER_SUSPENDED -> REFUSED;
            };
        }
    }

    public VisitMetrics(MeterRegistry registry) {
        for (Kind kind : Kind.values()) {
            if (kind.isHeld()) {
                AtomicInteger count = new AtomicInteger();
                open.put(kind, count);
                Gauge.builder("continuo.visits", count, AtomicInteger::get)
                        .description("Clients of Atmosphere that are here, by transport")
                        .tag("transport", kind.wire())
                        .register(registry);
                texts.put(kind, registry.counter("continuo.visits.texts", "transport", kind.wire()));
            }
        }
        for (Arrival arrival : Arrival.values()) {
            arrivals.put(arrival, registry.counter("continuo.visits.arrived", "how", name(arrival)));
        }
        for (Ending ending : Ending.values()) {
            endings.put(ending, registry.counter("continuo.visits.ended", "why", name(ending)));
        }
    }

    void opened(Kind kind) {
        Objects.requireNonNull(open.get(kind)).incrementAndGet();
    }

    /** @param code with which it was closed from here; null when the client was first */
    void ended(Kind kind, @Nullable CloseCode code) {
        Objects.requireNonNull(open.get(kind)).decrementAndGet();
        Objects.requireNonNull(endings.get(Ending.of(code))).increment();
    }

    void arrived(Arrival how) {
        Objects.requireNonNull(arrivals.get(how)).increment();
    }

    /** A message was written. */
    void text(Kind kind) {
        Objects.requireNonNull(texts.get(kind)).increment();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
