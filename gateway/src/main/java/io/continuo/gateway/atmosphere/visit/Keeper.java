package io.continuo.gateway.atmosphere.visit;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has one visit remembered where every gateway finds it: its state at once, its cursor every few seconds, since a cursor
 * that lags only means that more is sent again. Belongs to one event loop.
 */
final class Keeper {
    private final ServiceClient services;
    private final Runnable displaced;
    private final Supplier<PresenceRequest.KeepVisit> news;
    private final long everyMs;
    private final long refreshMs;
    private boolean under;
    private boolean stopped;
    private boolean urgent;
    private boolean moved;
    private long keptMs;
    private @Nullable Runnable settled;

    /**
     * @param everyMs how often a cursor that moves is kept
     * @param news what there is to keep at the moment
     * @param displaced what to do when another loop turns out to have claimed the visit
     */
    Keeper(
            ServiceClient services,
            long everyMs,
            long refreshMs,
            Supplier<PresenceRequest.KeepVisit> news,
            Runnable displaced) {
        this.services = services;
        this.everyMs = everyMs;
        this.refreshMs = refreshMs;
        this.news = news;
        this.displaced = displaced;
    }

    /** The visit begins to be ours to keep. */
    void start(long nowMs) {
        keptMs = nowMs;
    }

    void cursorMoved() {
        moved = true;
    }

    /** Keeps the visit now, or as soon as the last news are kept. */
    void keep() {
        urgent = true;
        if (!under) {
            send();
        }
    }

    /** Keeps the visit as it is now; then, however that went, {@code action} is done. */
    void settle(Runnable action) {
        settled = action;
        keep();
    }

    /** The visit is no longer ours to keep. */
    void stop() {
        stopped = true;
        under = true;
    }

    void beat(long nowMs) {
        long since = nowMs - keptMs;
        if (!under && (urgent || (moved && since >= everyMs) || since >= refreshMs)) {
            keptMs = nowMs;
            send();
        }
    }

    private void send() {
        under = true;
        urgent = false;
        moved = false;
        services.ask(news.get()).onSuccess(this::answered);
    }

    private void answered(Reply reply) {
        if (stopped) {
            return;
        }
        under = false;
        if (reply instanceof Reply.Failure failure && failure.code() == ErrorCode.CONFLICT) {
            displaced.run();
        } else if (reply instanceof Reply.Failure) {
            moved = true;
        } else if (urgent) {
            send();
        }
        Runnable action = settled;
        if (!under && action != null) {
            settled = null;
            action.run();
        }
    }
}
