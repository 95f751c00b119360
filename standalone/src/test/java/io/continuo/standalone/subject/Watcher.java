package io.continuo.standalone.subject;

import io.continuo.common.model.Lifecycle;
import io.continuo.gateway.subject.Cursor;
import io.continuo.gateway.subject.Interest;
import io.continuo.gateway.subject.Outcome;
import io.continuo.gateway.subject.Sink;
import io.continuo.gateway.subject.SubjectEvent;
import io.continuo.gateway.subject.SubjectFeed;
import io.continuo.gateway.subject.SubjectStatus;
import io.continuo.gateway.subject.Subscription;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client that does what it is told: it takes states for what they are, lays the parts of readings over those it has, and
 * minds the lifecycle. It survives its gateway.
 */
final class Watcher {
    final Map<Long, JsonObject> states = new ConcurrentHashMap<>();
    final Map<Long, Map<String, JsonObject>> readings = new ConcurrentHashMap<>();
    final Map<Long, String> iot = new ConcurrentHashMap<>();
    final Map<Long, List<Lifecycle>> lifecycles = new ConcurrentHashMap<>();
    final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    volatile Map<Interest.Kind, Map<Long, SubjectStatus>> statuses = Map.of();
    private final String user;
    private final Set<Long> blocked = new HashSet<>();
    private final Map<Long, Long> bySource = new HashMap<>();
    private volatile Cursor cursor = Cursor.NONE;
    private @Nullable Subscription subscription;
    /** Of any kind, and those with states. */
    final AtomicInteger told = new AtomicInteger();

    final AtomicInteger toldStates = new AtomicInteger();
    /** Of what it was told at once. */
    final AtomicInteger mostChars = new AtomicInteger();
    /** So many events it takes now. */
    private volatile int room = Integer.MAX_VALUE;

    Watcher(String user) {
        this.user = user;
    }

    /** To be called on the feed's event loop, as everything that follows. */
    void open(SubjectFeed feed, List<Interest> interests) {
        Subscription opened = feed.open(user, new Hearing());
        subscription = opened;
        opened.resume(interests, cursor, this::answered);
    }

    void subscribe(List<Interest> interests) {
        if (subscription != null) {
            blocked.clear();
            subscription.subscribe(interests, this::answered);
        }
    }

    /** The socket goes; what was given to it has arrived. */
    void cut() {
        if (subscription != null) {
            cursor = Cursor.parse(subscription.cursor().toString()).orElseThrow();
            subscription.close();
            subscription = null;
        }
    }

    /** What the state of a subject says in {@code n}. */
    int number(long subject) {
        return states.getOrDefault(subject, new JsonObject()).getInteger("n", -1);
    }

    boolean isOpen() {
        return subscription != null;
    }

    /** Its socket takes nothing for a while, or everything again. */
    void slow(boolean now) {
        take(now ? 0 : Integer.MAX_VALUE);
    }

    /** Its socket takes so many events from now on. */
    void take(int events) {
        room = events;
        if (events > 0 && subscription != null) {
            subscription.drained();
        }
    }

    /** It has known nothing since so long before it was cut off. */
    void forget(Duration before) {
        cursor = new Cursor(cursor.watermark() - TimeUnit.MILLISECONDS.toMicros(before.toMillis()), Map.of());
    }

    private void answered(Outcome outcome) {
        switch (outcome) {
            case Outcome.Granted granted -> {
                statuses = granted.statuses();
                granted.statuses()
                        .values()
                        .forEach(of -> of.forEach((id, status) -> {
                            if (status == SubjectStatus.BLOCKED && !lifecycles.containsKey(id)) {
                                blocked.add(id);
                            }
                        }));
            }
            case Outcome.Refused refused -> faults.add(refused.toString());
        }
    }

    private final class Hearing implements Sink {
        @Override
        public boolean isWritable() {
            return room > 0;
        }

        @Override
        public void deliver(SubjectEvent event) {
            told.incrementAndGet();
            if (room == 0) {
                faults.add("told though there is no room: " + event);
            } else if (room < Integer.MAX_VALUE) {
                int left = room - 1;
                room = left;
            }
            switch (event) {
                case SubjectEvent.State state -> state(state.state());
                case SubjectEvent.States batch -> {
                    mostChars.accumulateAndGet(
                            batch.states().stream().mapToInt(String::length).sum(), Math::max);
                    batch.states().forEach(Watcher.this::state);
                }
                case SubjectEvent.Readings batch -> batch.parts().forEach(Watcher.this::part);
                case SubjectEvent.Iot batch ->
                    batch.items().forEach(item -> iot.put(new JsonObject(item).getLong("tracker_id"), item));
                case SubjectEvent.Change change -> change(change);
            }
        }
    }

    private void state(String text) {
        toldStates.incrementAndGet();
        JsonObject state = new JsonObject(text);
        long source = state.getLong("source_id");
        long id = source - 1_000;
        bySource.put(source, id);
        if (blocked.contains(id)) {
            faults.add("a state of " + id + ", which is blocked");
        }
        states.put(id, state);
    }

    private void part(SubjectEvent.Readings.Part part) {
        Map<String, JsonObject> known = readings.computeIfAbsent(part.subject(), first -> new TreeMap<>());
        JsonObject lists = new JsonObject(part.readings());
        for (String list : lists.fieldNames()) {
            for (Object element : (JsonArray) lists.getValue(list)) {
                JsonObject json = (JsonObject) element;
                String key = list + ":"
                        + json.getValue(
                                list.equals("counters") ? "type" : list.equals("states") ? "field" : "sensor_id");
                if (json.size() == 2 && json.getValue("value") == null) {
                    known.remove(key);
                } else {
                    known.put(key, json);
                }
            }
        }
    }

    private void change(SubjectEvent.Change change) {
        lifecycles
                .computeIfAbsent(change.subject(), first -> Collections.synchronizedList(new ArrayList<>()))
                .add(change.event());
        switch (change.event()) {
            case BLOCK -> blocked.add(change.subject());
            case UNBLOCK -> blocked.remove(change.subject());
            case CORRUPT -> {
                blocked.remove(change.subject());
                states.remove(change.subject());
                readings.remove(change.subject());
                iot.remove(change.subject());
            }
        }
    }
}
