package io.continuo.gateway.admission;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A way in: so many a second, so many at once, and a short queue for those who come when that is used up, first come first
 * served. Only the rule; time is told by whoever asks, in nanoseconds that never go back. Belongs to one event loop.
 */
final class Lane<T> {
    /** So much of the rate may come at once: timers are no finer, and nobody waits where nobody crowds. */
    private static final long BURST_NS = Duration.ofMillis(20).toNanos();

    private final long intervalNs;
    private final int atOnce;
    private final int most;
    private final long patienceNs;
    private final Deque<Waiting<T>> queue = new ArrayDeque<>();
    private int inside;
    private long nextFreeNs;
    private boolean used;

    private record Waiting<T>(T who, long sinceNs) {}

    /**
     * @param perSecond above 0
     * @param most so many may wait
     * @param patience for which somebody waits at most
     */
    Lane(double perSecond, int atOnce, int most, Duration patience) {
        intervalNs = (long) (Duration.ofSeconds(1).toNanos() / perSecond);
        this.atOnce = atOnce;
        this.most = most;
        patienceNs = patience.toNanos();
    }

    /** Queues somebody up; false when there are too many already. */
    boolean join(T who, long nowNs) {
        boolean isFree = queue.isEmpty() && inside < atOnce && isDue(nowNs);
        if (!isFree && queue.size() >= most) {
            return false;
        }
        queue.add(new Waiting<>(who, nowNs));
        return true;
    }

    /** Lets in whose turn it is; {@link #left} is to be called for each when it is through. */
    Optional<T> next(long nowNs) {
        if (queue.isEmpty() || inside >= atOnce || !isDue(nowNs)) {
            return Optional.empty();
        }
        inside++;
        nextFreeNs = (used ? Math.max(nextFreeNs, nowNs) : nowNs) + intervalNs;
        used = true;
        return Optional.of(queue.remove().who);
    }

    /** Takes back a turn that nobody has used: its owner had gone. */
    void unused() {
        inside--;
        nextFreeNs -= intervalNs;
    }

    /** One of those inside is through. */
    void left() {
        inside--;
    }

    /** Sends away those who have waited for too long. */
    List<T> tired(long nowNs) {
        List<T> tired = new ArrayList<>();
        while (!queue.isEmpty() && nowNs - queue.peek().sinceNs > patienceNs) {
            tired.add(queue.remove().who);
        }
        return tired;
    }

    int waiting() {
        return queue.size();
    }

    /** How long until the rate lets the next one in; 0 when it does so now. */
    long pauseNs(long nowNs) {
        return used ? Math.max(0, nextFreeNs - BURST_NS - nowNs) : 0;
    }

    /** How long it takes to work off the queue, as far as the rate decides on it. */
    Duration backlog() {
        return Duration.ofNanos(intervalNs * queue.size());
    }

    private boolean isDue(long nowNs) {
        return pauseNs(nowNs) == 0;
    }
}
