package io.continuo.messaging.cache;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the most recently used entries and forgets the others. */
public final class RecentMap<K, V> extends LinkedHashMap<K, V> {
    private final int capacity;

    public RecentMap(int capacity) {
        super(16, 0.75f, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
