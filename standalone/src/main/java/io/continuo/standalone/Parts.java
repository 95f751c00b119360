package io.continuo.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be stopped in the opposite order. For one thread at a time. */
final class Parts {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final Deque<Part> started = new ArrayDeque<>();

    void add(String name, Stop stop) {
        started.push(new Part(name, stop));
    }

    /** Stops all; one that fails does not keep the others from it. */
    void stop() {
        while (!started.isEmpty()) {
            Part part = started.pop();
            try {
                part.stop().run();
                log.debug("Stopped {}", part.name());
            } catch (Exception failure) {
                log.warn("{} did not stop in order: {}", part.name(), failure.toString());
            }
        }
    }

    /** Blocks until it is done. */
    interface Stop {
        void run() throws Exception;
    }

    private record Part(String name, Stop stop) {}
}
