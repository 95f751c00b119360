package io.continuo.gateway.balance;

import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other gateways once a second how many connections there are here, and hands some over when there are too
 * many: one for each gateway process.
 */
public final class BalanceVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(BalanceVerticle.class);
    private static final long EVERY_MS = 1_000;

    private final String node;
    private final Readiness readiness;
    private final List<? extends Share> shares;
    private final Census census;
    private final Balance balance;
    private @Nullable MessageConsumer<GatewayMessage.Count> consumer;
    private boolean restsSince;

    /**
     * @param perSecond how many connections are handed over in a second at most; 0 for none at all
     * @param shares the connections of the node's event loops
     */
    public BalanceVerticle(String node, int perSecond, Readiness readiness, List<? extends Share> shares) {
        this.node = node;
        this.readiness = readiness;
        this.shares = shares;
        census = new Census(node);
        balance = new Balance(perSecond);
    }

    @Override
    public Future<?> start() {
        consumer = vertx.eventBus().consumer(Addresses.CENSUS, count -> census.note(count.body(), System.nanoTime()));
        vertx.setPeriodic(EVERY_MS, tick -> weigh());
        return consumer.completion();
    }

    /** The others need not wait until they miss this node. */
    @Override
    public Future<?> stop() {
        tell(false);
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    private void weigh() {
        boolean ready = readiness.isReady();
        tell(ready);
        List<Integer> others = ready ? census.others(System.nanoTime()) : List.of();
        handOver(balance.next(connections(), others));
        if (balance.rests() != restsSince) {
            restsSince = balance.rests();
            if (restsSince) {
                LOG.warn(
                        "Connections that are handed over come back here: the balancer does not send them to the gateway"
                                + " with the fewest (leastconn). Not trying again for a while");
            }
        }
    }

    private void tell(boolean takesMore) {
        vertx.eventBus().publish(Addresses.CENSUS, new GatewayMessage.Count(node, connections(), takesMore));
    }

    /** Each loop gives according to what it has. */
    private void handOver(int count) {
        int left = count;
        int all = connections();
        for (Share share : shares) {
            int own = share.connections();
            int part = all == 0 ? 0 : Math.min(left, Math.ceilDiv(left * own, all));
            share.move(part);
            left -= part;
            all -= own;
        }
    }

    private int connections() {
        return shares.stream().mapToInt(Share::connections).sum();
    }
}
