package io.continuo.common.bus;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.AsyncResult;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** How requests over the bus fare, by the kind of address that they go to. Safe for all event loops. */
public final class BusMetrics {
    private final Map<To, Map<Outcome, Timer>> timers = new EnumMap<>(To.class);

    /** Kinds of addresses. */
    public enum To {
        /** The owner of a partition. */
        PARTITION,
        MESSAGING,
        PRESENCE,
        SUBJECTS,
        /** A loop of a gateway. */
        LOOP
    }

    /** What came of a request. */
    private enum Outcome {
        OK,
        TIMEOUT,
        NO_HANDLERS,
        FAILED
    }

    public BusMetrics(MeterRegistry registry) {
        for (To to : To.values()) {
            Map<Outcome, Timer> outcomes = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                outcomes.put(outcome, timer(registry, to, outcome));
            }
            timers.put(to, outcomes);
        }
    }

    private static Timer timer(MeterRegistry registry, To to, Outcome outcome) {
        return Timer.builder("continuo.bus.requests")
                .description("Requests over the event bus, until their answer came")
                .tag("to", word(to))
                .tag("outcome", word(outcome))
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofMillis(2_500))
                .register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** @param sentAt by {@link System#nanoTime} */
    public void answered(To to, long sentAt, AsyncResult<?> answer) {
        Objects.requireNonNull(Objects.requireNonNull(timers.get(to)).get(outcome(answer)))
                .record(System.nanoTime() - sentAt, TimeUnit.NANOSECONDS);
    }

    private static Outcome outcome(AsyncResult<?> answer) {
        if (answer.succeeded()) {
            return Outcome.OK;
        }
        ReplyFailure kind =
                answer.cause() instanceof ReplyException failure ? failure.failureType() : ReplyFailure.ERROR;
        return switch (kind) {
            case TIMEOUT -> Outcome.TIMEOUT;
            case NO_HANDLERS -> Outcome.NO_HANDLERS;
            case ERROR, RECIPIENT_FAILURE -> Outcome.FAILED;
        };
    }
}
