package io.continuo.messaging.outbox;

import io.continuo.common.bus.BusMetrics;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.Reply;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to one gateway loop. While the loop is busy, batches gather and travel together. */
final class LoopSender {
    private static final Logger log = LoggerFactory.getLogger(LoopSender.class);
    private static final DeliveryOptions OPTIONS = new DeliveryOptions().setSendTimeout(5_000);
    private static final int WINDOW = 2;
    /** Beyond this a loop is so far behind that its clients do better to read their histories. */
    private static final int MAX_WAITING = 20_000;

    private final EventBus bus;
    private final String loop;
    private final OutboxMetrics metrics;
    private final BiConsumer<String, List<String>> onGone;
    private List<GatewayMessage.Batch> waiting = new ArrayList<>();
    private int underWay;

    /** @param onGone told the loop and users registered there once nobody listens at its address */
    LoopSender(EventBus bus, String loop, OutboxMetrics metrics, BiConsumer<String, List<String>> onGone) {
        this.bus = bus;
        this.loop = loop;
        this.metrics = metrics;
        this.onGone = onGone;
    }

    void offer(GatewayMessage.Batch batch) {
        if (waiting.size() >= MAX_WAITING) {
            log.warn("Gateway loop {} does not keep up; its clients will read their histories", loop);
            metrics.dropped(waiting.size());
            waiting.clear();
        }
        waiting.add(batch);
        if (underWay < WINDOW) {
            send();
        }
    }

    private void send() {
        List<GatewayMessage.Batch> batches = waiting;
        waiting = new ArrayList<>();
        underWay++;
        long sentAt = System.nanoTime();
        bus.<Reply>request(loop, new GatewayMessage.Deliver(batches), OPTIONS).onComplete(taken -> {
            metrics.bus().answered(BusMetrics.To.LOOP, sentAt, taken);
            underWay--;
            if (taken.cause() instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS) {
                gone(batches);
            } else if (!waiting.isEmpty()) {
                send();
            }
        });
    }

    private void gone(List<GatewayMessage.Batch> batches) {
        List<String> users = Stream.concat(batches.stream(), waiting.stream())
                .flatMap(batch -> batch.recipients().stream())
                .map(GatewayMessage.Recipient::user)
                .distinct()
                .toList();
        waiting.clear();
        onGone.accept(loop, users);
    }
}
