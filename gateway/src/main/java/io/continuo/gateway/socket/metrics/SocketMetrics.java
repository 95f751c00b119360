package io.continuo.gateway.socket.metrics;

import io.continuo.common.event.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
        catchUps = registry.counter("continuo.catchups");
        replays = registry.counter("continuo.replays");
        moved = registry.counter("continuo.connections.moved");
        missed = Counter.builder("continuo.positions.missed")
                .description("Positions that were no longer held when a connected client came to them")
                .register(registry);
    }

    /** @param loop whose connections {@code count} tells */
    public void connections(String loop, Supplier<Number> count) {
        Gauge.builder("continuo.connections", count).tag("loop", loop).register(registry);
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
        registry.counter("continuo.verdicts", "verdict", kind.wire()).increment();
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
