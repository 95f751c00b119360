package io.continuo.messaging.outbox;

import io.continuo.messaging.outbox.PartitionWorker.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What has reached all histories in the last seconds. A server of a Redis Cluster that dies may take its newest entries
 * of histories with it, while the partition, elsewhere, is done with them: then they are brought there once more.
 */
final class Finished {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int MOST = 500;

    private final Deque<Done> recent = new ArrayDeque<>();

    private record Done(Work work, long at) {}

    void add(Work work) {
        long now = System.nanoTime();
        recent.addLast(new Done(work.withoutEvent(), now));
        while (recent.size() > MOST || now - recent.getFirst().at > KEPT_NANOS) {
            recent.removeFirst();
        }
    }

    /** What was accepted after {@code stamp} does not exist any more. */
    void forgetAfter(long stamp) {
        recent.removeIf(done -> done.work.stamp() > stamp);
    }

    /** Oldest first. */
    List<Work> all() {
        return recent.stream().map(Done::work).toList();
    }
}
