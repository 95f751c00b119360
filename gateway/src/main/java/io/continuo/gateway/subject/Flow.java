package io.continuo.gateway.subject;

import io.continuo.gateway.subject.Interest.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One interest of a subscription: which subjects it has to tell of, and when it may. What waits is only noted; what it
 * looks like is read when it is told, so that the latest wins.
 */
final class Flow {
    private static final int MOST_AT_ONCE = 1_000;
    /** Of one event; only one subject may take more. */
    private static final int MOST_CHARS = 262_144;

    private final Interest interest;
    /** With the lowest version that may not have been told. */
    private final Map<Seat, Long> waiting = new LinkedHashMap<>();

    private long notBefore;
    private long timer = -1;

    Flow(Interest interest) {
        this.interest = interest;
    }

    Interest interest() {
        return interest;
    }

    Kind kind() {
        return interest.kind();
    }

    boolean isForAll() {
        return interest.target() instanceof Interest.All;
    }

    /** @param since no version below it waits */
    void note(Seat seat, long since) {
        waiting.putIfAbsent(seat, since);
    }

    void drop(Seat seat) {
        waiting.remove(seat);
    }

    boolean isWaiting(Seat seat) {
        return waiting.containsKey(seat);
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }

    /** The lowest version that may not have been told. */
    long oldest() {
        long oldest = Long.MAX_VALUE;
        for (long since : waiting.values()) {
            oldest = Math.min(oldest, since);
        }
        return oldest;
    }

    /** When it may tell again, milliseconds; on the clock that {@link #flush} is told. */
    long notBefore() {
        return notBefore;
    }

    long timer() {
        return timer;
    }

    void timer(long id) {
        timer = id;
    }

    /** Tells everything that waits, as long as the sink takes it. */
    void flush(Sink sink, long now) {
        while (!waiting.isEmpty() && sink.isWritable()) {
            tell(sink, some());
        }
        if (waiting.isEmpty()) {
            notBefore = now + interest.rateLimitMs();
        }
    }

    /** Tells what waits of one subject, whether it is time or not. */
    void flush(Sink sink, Seat seat) {
        if (waiting.remove(seat) != null) {
            tell(sink, List.of(seat));
        }
    }

    private List<Seat> some() {
        int most = kind() == Kind.STATE ? 1 : MOST_AT_ONCE;
        List<Seat> some = new ArrayList<>(Math.min(waiting.size(), most));
        Iterator<Seat> next = waiting.keySet().iterator();
        long chars = 0;
        while (next.hasNext() && some.size() < most && chars < MOST_CHARS) {
            Seat seat = next.next();
            chars += seat.view().chars(kind());
            some.add(seat);
            next.remove();
        }
        return some;
    }

    private void tell(Sink sink, List<Seat> seats) {
        List<Seat> behind = seats.stream().filter(seat -> seat.isBehind(kind())).toList();
        switch (kind()) {
            case STATE -> behind.forEach(seat -> sink.deliver(new SubjectEvent.State(state(seat))));
            case STATE_BATCH -> {
                if (!behind.isEmpty()) {
                    sink.deliver(new SubjectEvent.States(
                            behind.stream().map(this::state).toList()));
                }
            }
            case READINGS_BATCH -> {
                List<SubjectEvent.Readings.Part> parts =
                        behind.stream().flatMap(seat -> part(seat).stream()).toList();
                if (!parts.isEmpty()) {
                    sink.deliver(new SubjectEvent.Readings(parts));
                }
            }
            case IOT_MONITOR -> {
                if (!behind.isEmpty()) {
                    sink.deliver(new SubjectEvent.Iot(behind.stream()
                            .map(seat -> seat.view().rendering().iot())
                            .toList()));
                }
            }
        }
        behind.forEach(seat -> seat.delivered(kind(), seat.view().version()));
    }

    private String state(Seat seat) {
        return seat.view().rendering().state(interest.projection());
    }

    private Optional<SubjectEvent.Readings.Part> part(Seat seat) {
        return seat.view()
                .rendering()
                .readings(seat.delivered(kind()), interest.projection())
                .map(text -> new SubjectEvent.Readings.Part(seat.id(), text));
    }
}
