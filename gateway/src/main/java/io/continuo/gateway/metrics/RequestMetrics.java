package io.continuo.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts requests by what was asked and what came of it. Names of operations are ours and never a client's words, so that
 * there are only so many. Safe for all event loops.
 */
public final class RequestMetrics {
    /** What is no operation of the table. */
    public static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Map<Way, Timer> times = new EnumMap<>(Way.class);
    private final Map<Kind, Counter> counters = new ConcurrentHashMap<>();

    /** How a request came. */
    public enum Way {
        REST,
        SOCKET
    }

    private enum Outcome {
        OK,
        /** The client's doing. */
        REFUSED,
        /** To be tried again. */
        RETRY,
        /** Our fault. */
        FAILED
    }

    private record Kind(String operation, Way way, Outcome outcome) {}

    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Way way : Way.values()) {
            Timer time = Timer.builder("continuo.request")
                    .description("How long requests take, from their arrival to their answer")
                    .tag("way", word(way))
                    .serviceLevelObjectives(
                            Duration.ofMillis(2),
                            Duration.ofMillis(10),
                            Duration.ofMillis(50),
                            Duration.ofMillis(250),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(5))
                    .register(registry);
            times.put(way, time);
            for (Outcome outcome : Outcome.values()) {
                // There from the start: of a counter that begins with its first failure that one shows no increase.
                Kind kind = new Kind(OTHER, way, outcome);
                counters.put(kind, counter(kind));
            }
        }
    }

    /**
     * @param operation the name of a row of the tables of operations, or {@link #OTHER}
     * @param status of HTTP, or the one that it would have
     * @param beganAt by {@link System#nanoTime}
     */
    public void answered(String operation, Way way, int status, long beganAt) {
        Objects.requireNonNull(times.get(way)).record(System.nanoTime() - beganAt, TimeUnit.NANOSECONDS);
        counters.computeIfAbsent(new Kind(operation, way, outcome(status)), this::counter)
                .increment();
    }

    private Counter counter(Kind kind) {
        return Counter.builder("continuo.requests")
                .description("Requests by operation, the way they came, and what came of them")
                .tag("operation", kind.operation)
                .tag("way", word(kind.way))
                .tag("outcome", word(kind.outcome))
                .register(registry);
    }

    private static Outcome outcome(int status) {
        return switch (status) {
            case 408, 429, 503, 504 -> Outcome.RETRY;
            default -> status < 400 ? Outcome.OK : status < 500 ? Outcome.REFUSED : Outcome.FAILED;
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
