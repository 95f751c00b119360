package io.continuo.presence.typing;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Answers that may be a little old. Who asks while the answer is on its way waits for the same one; failures are not
 * kept. When it is full, the oldest answer goes.
 *
 * <p>Threading: belongs to one event loop.
 */
final class BriefCache<K, V> {
    private final Duration life;
    private final int capacity;
    /** Oldest first, so that those which are too old are in front. */
    private final Map<K, Answer<V>> answers = new LinkedHashMap<>();

    BriefCache(Duration life, int capacity) {
        this.life = life;
        this.capacity = capacity;
    }

    Future<V> get(K key, Function<K, Future<V>> load) {
        long now = System.nanoTime();
        dropOldestWhile(oldest -> oldest.bestBefore() - now <= 0);
        Answer<V> known = answers.get(key);
        if (known != null) {
            return known.value();
        }
        dropOldestWhile(oldest -> answers.size() >= capacity);
        Answer<V> answer = new Answer<>(load.apply(key), now + life.toNanos());
        answers.put(key, answer);
        answer.value().onFailure(failure -> answers.remove(key, answer));
        return answer.value();
    }

    private void dropOldestWhile(Predicate<Answer<V>> condition) {
        Iterator<Answer<V>> oldestFirst = answers.values().iterator();
        while (oldestFirst.hasNext() && condition.test(oldestFirst.next())) {
            oldestFirst.remove();
        }
    }

    /** @param bestBefore on the clock of {@link System#nanoTime} */
    private record Answer<V>(Future<V> value, long bestBefore) {}
}
