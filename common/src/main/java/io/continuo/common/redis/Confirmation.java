package io.continuo.common.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server whether its replicas have what was written over its connection. All who ask while an answer is on its way
 * share the next one, so that it costs little however many ask. Belongs to one event loop.
 */
final class Confirmation {
    /** While replicas are away nobody is kept waiting for long, nor what else travels on the connection. */
    private static final int SHORT_MS = 20;

    private final Function<Request, Future<@Nullable Response>> sender;
    private List<Promise<Void>> gathering = new ArrayList<>();
    private boolean asking;
    private boolean missed;

    /** @param sender of commands over the connection of the writes */
    Confirmation(Function<Request, Future<@Nullable Response>> sender) {
        this.sender = sender;
    }

    /** Ends when {@code replicas} have everything that was written and answered until now; fails after {@code ms}. */
    Future<Void> of(int replicas, int ms) {
        Promise<Void> promise = Promise.promise();
        gathering.add(promise);
        if (!asking) {
            ask(replicas, ms);
        }
        return promise.future();
    }

    private void ask(int replicas, int ms) {
        List<Promise<Void>> waiting = gathering;
        gathering = new ArrayList<>();
        asking = true;
        sender.apply(Request.cmd(Command.WAIT).arg(replicas).arg(missed ? Math.min(ms, SHORT_MS) : ms))
                .onComplete((have, failure) -> {
                    asking = false;
                    missed = have == null || have.toInteger() < replicas;
                    for (Promise<Void> promise : waiting) {
                        if (missed) {
                            promise.fail(new RedisDown("Not enough replicas have it yet"));
                        } else {
                            promise.complete();
                        }
                    }
                    if (!gathering.isEmpty()) {
                        ask(replicas, ms);
                    }
                });
    }
}
