package io.continuo.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts requests that are being answered, so that a stop can wait for them.
 *
 * <p>Threading: belongs to one event loop.
 */
public final class UnderWay {
    private final List<Promise<Void>> waiting = new ArrayList<>();
    private int count;

    /** Counts {@code work} until it is done. */
    public <T> Future<T> count(Future<T> work) {
        count++;
        return work.onComplete(done -> {
            count--;
            if (count == 0) {
                waiting.forEach(Promise::tryComplete);
                waiting.clear();
            }
        });
    }

    /** Ends when nothing is under way. */
    public Future<Void> none() {
        if (count == 0) {
            return Future.succeededFuture();
        }
        Promise<Void> done = Promise.promise();
        waiting.add(done);
        return done.future();
    }
}
