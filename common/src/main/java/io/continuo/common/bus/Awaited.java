package io.continuo.common.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The answers that somebody waits for, so that one can stop waiting before the bus does. Safe for all threads; who is
 * given up goes on on the thread that gives up.
 */
final class Awaited {
    private final Set<One> all = ConcurrentHashMap.newKeySet();

    private record One(Promise<Reply> promise, long sinceNs) {}

    /** Ends as {@code answer} does, or when it is given up. */
    Future<Reply> until(Future<Reply> answer) {
        if (answer.isComplete()) {
            return answer;
        }
        One one = new One(Promise.promise(), System.nanoTime());
        all.add(one);
        answer.onComplete(
                reply -> {
                    all.remove(one);
                    one.promise.tryComplete(reply);
                },
                failure -> {
                    all.remove(one);
                    one.promise.tryFail(failure);
                });
        return one.promise.future();
    }

    /** Gives up all that have been waited for so long, as if their time had run out. */
    void giveUp(Duration atLeast) {
        long now = System.nanoTime();
        // Each leaves by itself once the bus stops waiting too.
        for (One one : all) {
            if (now - one.sinceNs >= atLeast.toNanos()) {
                one.promise.tryFail(new ReplyException(ReplyFailure.TIMEOUT, "Whoever was asked may have left"));
            }
        }
    }
}
