package io.continuo.gateway.socket;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Has everyone on a loop look whether the store still holds what their clients have had, some at a time.
 * Belongs to one event loop.
 */
final class Reassurance {
    /** The instances of a service find Redis again one after another: they need not all cause a round. */
    private static final int DELAY_MS = 250;

    private static final int AT_ONCE = 200;
    private static final int PAUSE_MS = 10;

    private final Vertx vertx;
    private final Clients clients;
    private boolean underWay;
    private boolean again;

    Reassurance(Vertx vertx, Clients clients) {
        this.vertx = vertx;
        this.clients = clients;
    }

    /** Begins a round soon; while one is under way, another after it. */
    void begin() {
        if (underWay) {
            again = true;
            return;
        }
        underWay = true;
        vertx.setTimer(DELAY_MS, timer -> {
            again = false;
            List<Attachment> all = new ArrayList<>();
            clients.forEach(all::add);
            next(new ArrayDeque<>(all));
        });
    }

    private void next(Queue<Attachment> left) {
        for (int i = 0; i < AT_ONCE && !left.isEmpty(); i++) {
            left.remove().doubt();
        }
        if (!left.isEmpty()) {
            vertx.setTimer(PAUSE_MS, timer -> next(left));
            return;
        }
        underWay = false;
        if (again) {
            begin();
        }
    }
}
