package io.continuo.messaging.outbox;

import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.event.Event;
import io.continuo.common.trace.Trace;
import io.continuo.messaging.history.HistoryStore;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands appended events to the gateway loops: each event once per loop, with the clients that it is for. A hint and
 * never the only copy: what a loop does not take, its clients find in their histories.
 */
public final class Deliveries {
    private final EventBus bus;
    private final HistoryStore history;
    private final OutboxMetrics metrics;
    private final Map<String, LoopSender> senders = new HashMap<>();

    public Deliveries(EventBus bus, HistoryStore history, OutboxMetrics metrics) {
        this.bus = bus;
        this.history = history;
        this.metrics = metrics;
    }

    /** @param acceptedMs when the event's change was accepted, Redis time */
    void send(Event event, long acceptedMs, List<HistoryStore.Appended> appended) {
        String trace = Trace.current();
        long positions = 0;
        Map<String, List<GatewayMessage.Recipient>> byLoop = new HashMap<>();
        for (HistoryStore.Appended one : appended) {
            if (one.fresh()) {
                positions += event.span(one.unread());
            }
            for (String loop : one.loops()) {
                if (one.fresh()) {
                    byLoop.computeIfAbsent(loop, any -> new ArrayList<>())
                            .add(new GatewayMessage.Recipient(one.user(), one.position(), one.unread()));
                } else {
                    // Appended before a crash; whether it was delivered nobody knows.
                    bus.send(loop, new GatewayMessage.Nudge(one.user(), one.position()));
                }
            }
        }
        metrics.appended(positions);
        byLoop.forEach((loop, recipients) ->
                sender(loop).offer(new GatewayMessage.Batch(event, recipients, acceptedMs, trace)));
    }

    private LoopSender sender(String loop) {
        return senders.computeIfAbsent(loop, address -> new LoopSender(bus, address, metrics, this::forget));
    }

    /** The loop is gone: so are its registrations. A client that has come back is registered by its new loop. */
    private void forget(String loop, List<String> users) {
        senders.remove(loop);
        history.forget(users, loop);
    }
}
