package io.continuo.gateway;

import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks the services something small all the time, on the way that every request takes. One that has been silent for
 * {@link #PATIENCE_MS} counts as absent; less than that may be the loss of one of several instances.
 */
final class ServicesProbe extends VerticleBase {
    private static final String NOBODY = UserId.canary("probe");
    private static final long EVERY_MS = 500;
    private static final long PATIENCE_MS = 5_000;

    private final int partitions;
    private final AtomicLong messagingAnswered = new AtomicLong(longAgo());
    private final AtomicLong presenceAnswered = new AtomicLong(longAgo());

    ServicesProbe(int partitions) {
        this.partitions = partitions;
    }

    /** Whether the messaging service answers; for any thread. */
    boolean hasMessaging() {
        return isRecent(messagingAnswered);
    }

    /** Whether the presence service answers; for any thread. */
    boolean hasPresence() {
        return isRecent(presenceAnswered);
    }

    @Override
    public Future<?> start() {
        ServiceClient services = new ServiceClient(vertx, new Partitions(partitions));
        vertx.setPeriodic(0, EVERY_MS, tick -> {
            services.ask(new HistoryRequest.GetTails(List.of())).onSuccess(reply -> note(reply, messagingAnswered));
            services.ask(new PresenceRequest.Look(NOBODY, List.of(NOBODY)))
                    .onSuccess(reply -> note(reply, presenceAnswered));
        });
        return Future.succeededFuture();
    }

    private static void note(Reply reply, AtomicLong answered) {
        if (!(reply instanceof Reply.Failure)) {
            answered.set(System.nanoTime());
        }
    }

    private static boolean isRecent(AtomicLong answered) {
        return System.nanoTime() - answered.get() < PATIENCE_MS * 1_000_000;
    }

    private static long longAgo() {
        return System.nanoTime() - PATIENCE_MS * 1_000_000;
    }
}
