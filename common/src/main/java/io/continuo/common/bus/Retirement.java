package io.continuo.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes a consumer out of service without losing a request. Unregistering alone would make this process deaf before the
 * others know, and what they send until then would be answered by nobody. So the address is withdrawn first, and the
 * consumer goes once everybody must have heard of it. Where there is but one process, the consumer goes at once, and
 * {@link ServiceClient} asks somebody else what it did not come to.
 */
public final class Retirement {
    /** How long other processes may take to hear of it, in milliseconds. */
    private static final long NEWS_MS = 750;

    private Retirement() {}

    /**
     * Ends when the consumer has gone; until then it is still to answer what it is asked. Of several consumers of an
     * address in one process the oldest must go first.
     */
    public static Future<Void> of(Vertx vertx, MessageConsumer<?> consumer) {
        ClusterManager cluster = ((VertxInternal) vertx).clusterManager();
        return cluster == null
                ? consumer.unregister()
                : withdraw(cluster, consumer.address())
                        .otherwiseEmpty()
                        .compose(withdrawn -> vertx.timer(NEWS_MS, TimeUnit.MILLISECONDS))
                        .eventually(consumer::unregister)
                        .mapEmpty();
    }

    private static Future<Void> withdraw(ClusterManager cluster, String address) {
        Promise<List<RegistrationInfo>> listed = Promise.promise();
        cluster.getRegistrations(address, listed);
        return listed.future()
                .compose(registrations -> registrations.stream()
                        .filter(registration -> registration.nodeId().equals(cluster.getNodeId()))
                        .min(Comparator.comparingLong(RegistrationInfo::seq))
                        .map(oldest -> {
                            Promise<Void> removed = Promise.promise();
                            cluster.removeRegistration(address, oldest, removed);
                            return removed.future();
                        })
                        .orElseGet(Future::succeededFuture));
    }
}
