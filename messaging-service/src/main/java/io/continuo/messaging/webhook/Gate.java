package io.continuo.messaging.webhook;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets only so many requests to one webhook be under way; the others wait, in their order.
 *
 * <p>Threading: belongs to one event loop.
 */
final class Gate {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    Gate(int width) {
        this.free = width;
    }

    /** Runs {@code task} as soon as there is room; it has to {@link #leave} in the end. */
    void enter(Runnable task) {
        if (free > 0) {
            free--;
            task.run();
        } else {
            waiting.add(task);
        }
    }

    void leave() {
        Runnable next = waiting.poll();
        if (next == null) {
            free++;
        } else {
            next.run();
        }
    }
}
