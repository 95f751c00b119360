package io.continuo.common.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, to be stopped in the opposite order. One deadline holds for all, since whoever asked for the
 * stop does not wait for ever; what is late is left behind. For one thread at a time.
 */
public final class Parts {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    /** What even the last one gets, in milliseconds. */
    private static final long LEAST_MS = 150;

    private final Deque<Part> started = new ArrayDeque<>();

    /** Adds what is to be stopped before all that was added earlier. */
    public void add(String name, Stop stop) {
        started.push(new Part(name, stop));
    }

    /** Stops all; one that fails or is late does not keep the others from it. Whether all stopped in order. */
    boolean stop(Duration limit) {
        boolean inOrder = true;
        long deadline = System.nanoTime() + limit.toNanos();
        while (!started.isEmpty()) {
            Part part = started.pop();
            try {
                part.stop().within(Math.max(LEAST_MS, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
                log.debug("Stopped {}", part.name());
            } catch (Exception failure) {
                inOrder = false;
                log.warn("{} did not stop in order: {}", part.name(), failure.toString());
            }
        }
        return inOrder;
    }

    /** Blocks until it is done, or too late. */
    public interface Stop {
        void within(long milliseconds) throws Exception;
    }

    private record Part(String name, Stop stop) {}
}
