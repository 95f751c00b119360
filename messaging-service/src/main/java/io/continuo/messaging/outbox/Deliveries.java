package io.continuo.messaging.outbox;

import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.event.Event;
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
    private final Map<String, LoopSender> senders = new HashMap<>();

    public Deliveries(EventBus bus, HistoryStore history) {
        this.bus = bus;
        this.history = history;
    }

    void send(Event event, List<HistoryStore.Appended> appended) {
        Map<String, List<GatewayMessage.Recipient>> byLoop = new HashMap<>();
        for (HistoryStore.Appended one : appended) {
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
        byLoop.forEach((loop, recipients) -> sender(loop).offer(new GatewayMessage.Batch(event, recipients)));
    }

    private LoopSender sender(String loop) {
        return senders.computeIfAbsent(loop, address -> new LoopSender(bus, address, this::forget));
    }

    /** The loop is gone: so are its registrations. A client that has come back is registered by its new loop. */
    private void forget(String loop, List<String> users) {
        senders.remove(loop);
        history.forget(users, loop);
    }
}
