package io.continuo.gateway.subject;

import io.continuo.gateway.subject.SubjectEvent.Change;
import java.util.ArrayDeque;

/**
 * Lifecycles on their way to one sink, in their order. They are never conflated; while the sink takes nothing they wait
 * here, and values wait for them. Belongs to one event loop.
 */
final class Lifecycles {
    /** Of those that came while the sink took nothing. */
    private static final int MOST_CAME = 10_000;

    private final Sink sink;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(2);
    private int came;

    /** @param version of the change that it is about */
    private record Waiting(Change change, long version) {}

    Lifecycles(Sink sink) {
        this.sink = sink;
    }

    /** Whether values may be told: none waits, and the sink takes events. */
    boolean isClear() {
        return waiting.isEmpty() && sink.isWritable();
    }

    /** Tells it, or keeps it until there is room. */
    void tell(Change change, long version) {
        if (isClear()) {
            sink.deliver(change);
        } else {
            waiting.addLast(new Waiting(change, version));
        }
    }

    /**
     * Something new has come. When too much does, the sink gets it all at once and has to see what becomes of its client:
     * the one that is told what it missed when it comes back need not be kept up here.
     */
    void came() {
        came = waiting.isEmpty() ? 0 : came + 1;
        while (came > MOST_CAME && !waiting.isEmpty()) {
            sink.deliver(waiting.removeFirst().change());
        }
    }

    /** Tells what waits, as long as the sink takes it. */
    void flush() {
        while (!waiting.isEmpty() && sink.isWritable()) {
            sink.deliver(waiting.removeFirst().change());
        }
    }

    /** The lowest version that waits; {@link Long#MAX_VALUE} for none. */
    long oldest() {
        long oldest = Long.MAX_VALUE;
        for (Waiting each : waiting) {
            oldest = Math.min(oldest, each.version());
        }
        return oldest;
    }

    void clear() {
        waiting.clear();
    }
}
