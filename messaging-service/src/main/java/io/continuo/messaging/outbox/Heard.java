package io.continuo.messaging.outbox;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Who has heard of a partition's changes lately, and the newest stamp of each. */
final class Heard {
    private static final long LATELY = TimeUnit.SECONDS.toMillis(60) * OutboxStore.PARTS_OF_MS;
    private static final int MOST = 10_000;

    /** Least recent first. */
    private final Map<String, Long> newest = new LinkedHashMap<>();

    void note(String user, long stamp) {
        newest.remove(user);
        newest.put(user, stamp);
        Iterator<Long> oldest = newest.values().iterator();
        long first = oldest.next();
        if (newest.size() > MOST || first < stamp - LATELY) {
            oldest.remove();
        }
    }

    List<String> after(long stamp) {
        return newest.entrySet().stream()
                .filter(entry -> entry.getValue() > stamp)
                .map(Map.Entry::getKey)
                .toList();
    }

    void forgetAfter(long stamp) {
        newest.values().removeIf(heard -> heard > stamp);
    }
}
