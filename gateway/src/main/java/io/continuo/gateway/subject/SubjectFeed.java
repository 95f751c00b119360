package io.continuo.gateway.subject;

import io.continuo.common.bus.ServiceClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * What one event loop's clients watch of subjects: each subject once for all of them. All its methods are to be called on
 * that event loop.
 */
public final class SubjectFeed {

    /** @param loop the loop's address, see {@link io.continuo.common.bus.Addresses#loop} */
    public SubjectFeed(Vertx vertx, String loop, ServiceClient services) {}

    /** Listens to the service; completes when it can reach the feed. */
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    /** Listens no more. */
    public Future<Void> stop() {
        return Future.succeededFuture();
    }

    /**
     * A subscription without interests.
     *
     * @param user as called inside, see {@link io.continuo.common.model.UserId}
     */
    public Subscription open(String user, Sink sink) {
        return Optional.<Subscription>empty().orElseThrow();
    }
}
