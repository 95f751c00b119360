package io.continuo.messaging.conversation;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets what concerns the same thing happen one after another. Belongs to one event loop; other instances may do the same
 * at the same time.
 */
final class Turns<K> {
    private final Map<K, Future<?>> last = new HashMap<>();

    /** Begins {@code action} when all that was to happen to {@code thing} before has ended. */
    <T> Future<T> next(K thing, Supplier<Future<T>> action) {
        Future<?> before = last.get(thing);
        Future<T> turn = before == null ? action.get() : before.transform(ended -> action.get());
        last.put(thing, turn);
        turn.onComplete(ended -> last.remove(thing, turn));
        return turn;
    }
}
