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
    private static final int STEP_MS = 50;
    /** The share of the time in which sockets are closed; the rest is for what they still do. */
    private static final double PACED = 0.8;

    private final Vertx vertx;
    private final List<Connection> connections;
    private final long steps;
    private final long pacedSteps;
    private final Promise<Void> done = Promise.promise();
    private long step;
    private int retired;

    Drain(Vertx vertx, List<Connection> connections, int seconds) {
        this.vertx = vertx;
        this.connections = connections;
        steps = Math.max(1, seconds * 1_000L / STEP_MS);
        pacedSteps = Math.max(1, (long) (steps * PACED));
    }

    Future<Void> run() {
        proceed(vertx.setPeriodic(STEP_MS, this::proceed));
        return done.future();
    }

    private void proceed(long timer) {
        step++;
        long target = Math.min(connections.size(), connections.size() * step / pacedSteps);
        while (retired < target) {
            connections.get(retired++).retire();
        }
        if (step >= steps) {
            connections.forEach(connection -> connection.close(CloseCode.RESTART));
        }
        if (connections.stream().allMatch(Connection::isClosed)) {
            vertx.cancelTimer(timer);
            done.tryComplete();
        }
    }
}
