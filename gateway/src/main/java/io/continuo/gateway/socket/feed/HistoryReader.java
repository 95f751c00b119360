package io.continuo.gateway.socket.feed;

import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.Position;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** Reads a client's history from the service, and again after a while when the service fails. */
public final class HistoryReader implements Feed.Reader {
    private static final int FIRST_PAUSE_MS = 100;
    private static final int MOST_DOUBLINGS = 6;

    private final Vertx vertx;
    private final ServiceClient services;
    private final String user;
    private final BooleanSupplier ended;

    /** @param ended whether nobody waits for an answer any more */
    public HistoryReader(Vertx vertx, ServiceClient services, String user, BooleanSupplier ended) {
        this.vertx = vertx;
        this.services = services;
        this.user = user;
        this.ended = ended;
    }

    @Override
    public Future<Reply.HistoryPage> read(Position after, int limit) {
        Promise<Reply.HistoryPage> promise = Promise.promise();
        attempt(new HistoryRequest.ReadHistory(user, after, limit), promise, 0);
        return promise.future();
    }

    private void attempt(MessagingRequest request, Promise<Reply.HistoryPage> promise, int failures) {
        services.ask(request).onSuccess(reply -> {
            if (reply instanceof Reply.HistoryPage page) {
                promise.complete(page);
            } else if (!ended.getAsBoolean()) {
                vertx.setTimer(pause(failures), timer -> attempt(request, promise, failures + 1));
            }
        });
    }

    /** Half of it is chance, so that many connections do not ask at once. */
    private static long pause(int failures) {
        int longest = FIRST_PAUSE_MS << Math.min(failures, MOST_DOUBLINGS);
        return ThreadLocalRandom.current().nextInt(longest / 2, longest + 1);
    }
}
