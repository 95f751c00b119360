package io.continuo.gateway.socket;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Looks after every connection once per interval: whether the client is still there, whether its session is, and whether
 * something was lost on the way to it. A share of them each second, so that the work is spread. Belongs to one event loop.
 */
final class Heartbeat {
    private static final int SECOND_MS = 1_000;

    private final Vertx vertx;
    private final Consumer<List<Connection>> lookAfter;
    private final List<Set<Connection>> shares = new ArrayList<>();
    private long seconds;
    private long timer;

    Heartbeat(Vertx vertx, int intervalSeconds, Consumer<List<Connection>> lookAfter) {
        this.vertx = vertx;
        this.lookAfter = lookAfter;
        for (int i = 0; i < intervalSeconds; i++) {
            shares.add(new HashSet<>());
        }
    }

    void start() {
        int initial = ThreadLocalRandom.current().nextInt(1, SECOND_MS + 1);
        timer = vertx.setPeriodic(initial, SECOND_MS, fired -> beat());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    void add(Connection connection) {
        share(connection.number()).add(connection);
    }

    void remove(Connection connection) {
        share(connection.number()).remove(connection);
    }

    private void beat() {
        List<Connection> due = List.copyOf(share(seconds++));
        due.forEach(Connection::beat);
        lookAfter.accept(due);
    }

    private Set<Connection> share(long number) {
        return shares.get((int) (number % shares.size()));
    }
}
