package io.continuo.common.cluster;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The processes that have gone out of this one's sight. One that died is forgotten as its last heartbeat expires; one
 * whose heart goes on beating is on the other side of a split.
 *
 * <p>Threading: belongs to one event loop.
 */
final class Missing {
    /** How long ago one must have gone for a fresh beat to be younger than that. */
    static final long SURE_AFTER_MS = 4_000;

    private final Map<String, Long> since = new HashMap<>();
    private Set<String> seen = Set.of();

    /** @param now those that this process sees, itself included */
    void see(Set<String> now, long nowMs) {
        for (String one : seen) {
            if (!now.contains(one)) {
                since.putIfAbsent(one, nowMs);
            }
        }
        since.keySet().removeAll(now);
        seen = Set.copyOf(now);
    }

    /** Those who have gone, or are on the other side. */
    List<String> all() {
        return List.copyOf(since.keySet());
    }

    /** How many it sees, itself included. */
    int seen() {
        return seen.size();
    }

    /**
     * Whether more live on the other side of a split than on this one; of two equal sides, whether this one is to yield.
     *
     * @param beatAgoMs how long ago the hearts of those who have gone beat last; those who are not in it are dead
     */
    boolean areMore(Map<String, Long> beatAgoMs, long nowMs) {
        since.keySet().retainAll(beatAgoMs.keySet());
        List<String> living = since.entrySet().stream()
                .filter(gone -> nowMs - gone.getValue() >= SURE_AFTER_MS)
                .map(Map.Entry::getKey)
                .filter(gone -> beatAgoMs.getOrDefault(gone, Long.MAX_VALUE) < SURE_AFTER_MS)
                .toList();
        return !living.isEmpty()
                && (living.size() > seen.size()
                        || (living.size() == seen.size()
                                && Collections.min(living).compareTo(Collections.min(seen)) < 0));
    }
}
