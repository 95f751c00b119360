package io.continuo.gateway.socket;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Looks after everyone who is here once per interval: whether the client is still there, whether its session is, and whether
 * something was lost on the way to it. A share of them each second, so that the work is spread. Belongs to one event loop.
 */
final class Heartbeat {
    private static final int SECOND_MS = 1_000;

    private final Vertx vertx;
    private final Consumer<List<Attachment>> lookAfter;
    private final List<Set<Attachment>> shares = new ArrayList<>();
    private long seconds;
    private long timer;

    Heartbeat(Vertx vertx, int intervalSeconds, Consumer<List<Attachment>> lookAfter) {
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

    void add(Attachment attachment) {
        share(attachment.number()).add(attachment);
    }

    void remove(Attachment attachment) {
        share(attachment.number()).remove(attachment);
    }

    private void beat() {
        List<Attachment> due = List.copyOf(share(seconds++));
        due.forEach(Attachment::beat);
        lookAfter.accept(due);
    }

    private Set<Attachment> share(long number) {
        return shares.get((int) (number % shares.size()));
    }
}
