package io.continuo.common.canary;

import io.continuo.common.bus.BusMessage;
import io.continuo.common.bus.Listening;
import io.continuo.common.bus.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.List;

/**
 * Asks one instance of a service something that takes it to Redis, by the bus as everybody asks, once its addresses are
 * known to everybody. Belongs to one event loop.
 */
public final class ServiceCanary implements Canary.Keeper {
    private final Vertx vertx;
    private final Canary canary;
    private final String address;
    private final BusMessage question;
    private final List<Listening<?>> ears;
    private final DeliveryOptions options = new DeliveryOptions().setSendTimeout(5_000);

    /**
     * @param address the instance's own
     * @param question answered by anything but a failure
     * @param ears at which the instance listens
     */
    public ServiceCanary(Vertx vertx, Proof proof, String address, BusMessage question, List<Listening<?>> ears) {
        this.vertx = vertx;
        this.address = address;
        this.question = question;
        this.ears = ears;
        canary = proof.canary(vertx, this);
    }

    public void start() {
        canary.start();
    }

    public void stop() {
        canary.stop();
    }

    @Override
    public void sing(long number) {
        vertx.eventBus().<Reply>request(address, question, options).onSuccess(answer -> {
            if (!(answer.body() instanceof Reply.Failure)) {
                areKnown(number);
            }
        });
    }

    /** Nothing: to be asked whether it is known has each of the ears mend itself, and Redis comes back by itself. */
    @Override
    public void repair() {}

    @Override
    public void recovered() {}

    private void areKnown(long number) {
        Future.all(ears.stream().map(Listening::isKnown).toList()).onSuccess(known -> {
            if (!known.list().contains(false)) {
                canary.heard(number);
            }
        });
    }
}
