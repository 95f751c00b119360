package io.continuo.gateway.socket;

import io.continuo.gateway.socket.frame.CloseCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Closes connections at an even pace, so that not all clients come to the other nodes at once. Each may finish what it
 * has been asked for; at the end there is no more waiting. Belongs to one event loop.
 */
final class Drain {
    private static final int STEP_MS = 20;

    private final Vertx vertx;
    private final List<? extends Departing> connections;
    private final DrainPace pace;
    private final Promise<Void> done = Promise.promise();
    private final long began = System.nanoTime();
    private int retired;

    Drain(Vertx vertx, List<? extends Departing> connections, DrainPace pace) {
        this.vertx = vertx;
        this.connections = connections;
        this.pace = pace;
    }

    Future<Void> run() {
        proceed(vertx.setPeriodic(STEP_MS, this::proceed));
        return done.future();
    }

    private void proceed(long timer) {
        long elapsed = (System.nanoTime() - began) / 1_000_000;
        int target = pace.closed(connections.size(), elapsed);
        while (retired < target) {
            connections.get(retired++).retire(CloseCode.RESTART);
        }
        if (elapsed >= pace.limitMs()) {
            connections.forEach(connection -> connection.close(CloseCode.RESTART));
        }
        if (connections.stream().allMatch(Departing::isClosed)) {
            vertx.cancelTimer(timer);
            done.tryComplete();
        }
    }
}
