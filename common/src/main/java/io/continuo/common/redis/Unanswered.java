package io.continuo.common.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a connection has not been answered yet. Belongs to one event loop. */
final class Unanswered {
    private final Deque<Promise<?>> waiting = new ArrayDeque<>();
    private long progressAt = System.nanoTime();

    /** The same as {@code answer}, which {@link #abandon} may end earlier. */
    <T> Future<T> add(Future<T> answer) {
        Promise<T> promise = Promise.promise();
        if (waiting.isEmpty()) {
            progressAt = System.nanoTime();
        }
        waiting.addLast(promise);
        answer.onComplete(result -> {
            progressAt = System.nanoTime();
            // Answers come in the order of their requests.
            if (waiting.peekFirst() == promise) {
                waiting.removeFirst();
            } else {
                waiting.remove(promise);
            }
            if (result.succeeded()) {
                promise.tryComplete(result.result());
            } else {
                promise.tryFail(result.cause());
            }
        });
        return promise.future();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** For how long something has been waited for and nothing came, in ms. */
    long silentMs() {
        return waiting.isEmpty() ? 0 : (System.nanoTime() - progressAt) / 1_000_000;
    }

    /** Nothing will come any more: all who wait get {@code failure}. What they asked for may have been done. */
    void abandon(Throwable failure) {
        List<Promise<?>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(promise -> promise.tryFail(failure));
    }
}
