package io.continuo.gateway.socket.request;

import io.vertx.core.Future;
import java.util.ArrayDeque;

/**
 * Executes one connection's packets one after another, in their order. Takes no new ones while the socket does not
 * take the responses, and asks to stop reading when too many wait. Belongs to one event loop.
 *
 * @param <P> what a packet is there
 */
public final class Inbox<P> {
    private static final int MOST_WAITING = 256;
    private static final int MOST_CHARS = 262_144;

    /** Where the packets come from, and who executes them. */
    public interface Desk<P> {
        boolean isFull();

        /** Never fails. */
        Future<?> execute(P packet);

        void stopReading();

        void readOn();
    }

    private record Waiting<P>(P packet, int chars) {}

    private final Desk<P> desk;
    private final ArrayDeque<Waiting<P>> waiting = new ArrayDeque<>(2);
    private int chars;
    private boolean executing;
    private boolean proceeding;
    private boolean notReading;
    private boolean finishing;
    private boolean stopped;
    private Runnable idle = () -> {};

    public Inbox(Desk<P> desk) {
        this.desk = desk;
    }

    /** @param size of the packet, in characters */
    public void add(P packet, int size) {
        if (stopped || finishing) {
            return;
        }
        waiting.addLast(new Waiting<>(packet, size));
        chars += size;
        proceed();
        if (!notReading && isCrowded(1)) {
            notReading = true;
            desk.stopReading();
        }
    }

    /** Goes on when the desk has room again. */
    public void drained() {
        proceed();
    }

    /** Whether so much waits that the socket is not read. */
    public boolean isPaused() {
        return notReading;
    }

    /** Whether nothing is under way and nothing waits. */
    public boolean isIdle() {
        return !executing && waiting.isEmpty();
    }

    /** Executes what has come, nothing that comes later, and then {@code action}. */
    public void finish(Runnable action) {
        finishing = true;
        idle = action;
        if (isIdle()) {
            action.run();
        }
    }

    public void stop() {
        stopped = true;
        waiting.clear();
        chars = 0;
    }

    private void proceed() {
        if (proceeding) {
            return;
        }
        proceeding = true;
        while (!stopped && !executing && !waiting.isEmpty() && !desk.isFull()) {
            Waiting<P> next = waiting.removeFirst();
            chars -= next.chars;
            executing = true;
            desk.execute(next.packet).onComplete(done -> executed());
        }
        proceeding = false;
        if (notReading && !isCrowded(2)) {
            notReading = false;
            desk.readOn();
        }
    }

    private void executed() {
        executing = false;
        proceed();
        if (isIdle()) {
            idle.run();
        }
    }

    /** @param part 1 for the limits, 2 for the half of them */
    private boolean isCrowded(int part) {
        return waiting.size() >= MOST_WAITING / part || chars >= MOST_CHARS / part;
    }
}
