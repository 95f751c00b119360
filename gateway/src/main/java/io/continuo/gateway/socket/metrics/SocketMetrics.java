package io.continuo.gateway.socket.metrics;

import io.continuo.common.event.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What is counted about sockets. Safe for all event loops. */
public final class SocketMetrics {
    private final MeterRegistry registry;
    private final Counter changes;
    private final Counter responses;
    private final Counter signals;
    private final Counter operations;
    private final Counter duplicates;
    private final Counter droppedSignals;
    private final Counter floods;
    private final Counter droppedPushes;
    private final Timer deliveries;
    private final DistributionSummary lags;
    private final DistributionSummary sizes;
    private final AtomicInteger behind = new AtomicInteger();
    private final Map<Verdict.Kind, Counter> verdicts = new EnumMap<>(Verdict.Kind.class);
    private final Counter catchUps;
    private final Counter replays;
    private final Counter moved;
    private final Counter missed;

    public SocketMetrics(MeterRegistry registry) {
        this.registry = registry;
        changes = packets("change");
        responses = packets("response");
        signals = packets("signal");
        operations = packets("operation");
        duplicates = registry.counter("continuo.drops", "reason", "duplicate");
        droppedSignals = registry.counter("continuo.drops", "reason", "signal");
        floods = registry.counter("continuo.drops", "reason", "flood");
        droppedPushes = registry.counter("continuo.drops", "reason", "crowded");
        catchUps = registry.counter("continuo.catchups");
        replays = registry.counter("continuo.replays");
        moved = registry.counter("continuo.connections.moved");
        missed = Counter.builder("continuo.positions.missed")
                .description("Positions that were no longer held when a connected client came to them")
                .register(registry);
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            verdicts.put(kind, registry.counter("continuo.verdicts", "verdict", kind.wire()));
        }
        deliveries = Timer.builder("continuo.delivery")
                .description(
                        "From the moment a change was accepted to its being written to a socket, when it is pushed")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2_500),
                        Duration.ofSeconds(10))
                .register(registry);
        lags = positions("continuo.history.lag")
                .description("By how many positions connections are behind their histories, at each heartbeat")
                .register(registry);
        sizes = positions("continuo.replay.positions")
                .description("Positions that connections have read from their histories until they had caught up")
                .register(registry);
        Gauge.builder("continuo.connections.behind", behind, AtomicInteger::get)
                .description("Connections that are reading their histories")
                .register(registry);
    }

    private static DistributionSummary.Builder positions(String name) {
        return DistributionSummary.builder(name).serviceLevelObjectives(1, 10, 100, 1_000, 10_000, 100_000);
    }

    /** @param loop of the process, from 0, whose connections {@code count} tells */
    public void connections(String loop, Supplier<Number> count) {
        Gauge.builder("continuo.connections", count)
                .description("Open WebSockets, by event loop")
                .tag("loop", loop)
                .register(registry);
    }

    public void change() {
        changes.increment();
    }

    public void response() {
        responses.increment();
    }

    public void signal() {
        signals.increment();
    }

    public void operation() {
        operations.increment();
    }

    /** An event came that the client already has. */
    public void duplicate() {
        duplicates.increment();
    }

    /** A signal was not sent, to a client that is slow or catches up. */
    public void droppedSignal() {
        droppedSignals.increment();
    }

    /** Some positions of a history were gone before a connection that was behind could read them. */
    public void missed(long positions) {
        missed.increment((double) positions);
    }

    /** A connection began to read its history. */
    public void catchUp() {
        catchUps.increment();
    }

    /** A client asked for {@code Event.replay}. */
    public void replay() {
        replays.increment();
    }

    /** A connection was handed over to a gateway that has fewer. */
    public void moved() {
        moved.increment();
    }

    /** A client resumed. */
    public void verdict(Verdict.Kind kind) {
        Objects.requireNonNull(verdicts.get(kind)).increment();
    }

    /** A pushed event was written, so long after its change was accepted. */
    public void delivery(long nanos) {
        deliveries.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A connection begins to read its history, or has caught up. */
    public void behind(boolean isBehind) {
        behind.addAndGet(isBehind ? 1 : -1);
    }

    /** A connection has caught up after this many positions. */
    public void replayed(long positions) {
        sizes.record((double) positions);
    }

    /** So far is a connection behind its history. */
    public void lag(long positions) {
        lags.record((double) positions);
    }

    /** Pushed events wait for a connection that reads its history, and there were too many: it will read this one too. */
    public void droppedPush() {
        droppedPushes.increment();
    }

    /** A client sends more signals at a time than are taken. */
    public void flood() {
        floods.increment();
    }

    /** A handshake was refused, with this HTTP status. */
    public void refused(int status) {
        registry.counter("continuo.handshakes.refused", "status", Integer.toString(status))
                .increment();
    }

    private Counter packets(String type) {
        return registry.counter("continuo.packets", "type", type);
    }
}
