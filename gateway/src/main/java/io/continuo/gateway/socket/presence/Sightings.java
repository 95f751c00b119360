package io.continuo.gateway.socket.presence;

import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.Signal;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How others are, as one connection is shown it: the newest of each user in a window, and only so many at a time. What a
 * slow client has no room for yet waits here, a word for each user; what is too much even for that is looked up when there
 * is room again. What arrives late is left out, so that the newest always stands.
 *
 * <p>Threading: belongs to one event loop.
 */
public final class Sightings {
    /** The least time between two lots, in milliseconds. */
    static final long WINDOW_MS = 500;

    /** In one lot. */
    static final int AT_ONCE = 100;

    static final int MOST_KEPT = 2_000;

    private final Vertx vertx;
    private final ServiceClient services;
    private final String user;
    private final Sink sink;
    private final Map<String, SignalRendering> waiting = new LinkedHashMap<>();
    private final Map<String, SignalRendering> newest = new LinkedHashMap<>();
    private long missedSince = Long.MAX_VALUE;
    private long last = System.nanoTime() - WINDOW_MS * 1_000_000;
    private boolean scheduled;
    private boolean stopped;

    /** Where sightings are written. */
    public interface Sink {
        /** Whether there is room. */
        boolean isReady();

        void write(SignalRendering sighting);
    }

    public Sightings(Vertx vertx, ServiceClient services, String user, Sink sink) {
        this.vertx = vertx;
        this.services = services;
        this.user = user;
        this.sink = sink;
    }

    /** Takes a {@link Signal.Presence}. */
    public void take(SignalRendering sighting) {
        Signal.Presence presence = presence(sighting);
        SignalRendering known = newest.get(presence.userId());
        if (stopped || (known != null && presence(known).changedAt() >= presence.changedAt())) {
            return;
        }
        if (waiting.size() >= MOST_KEPT && !waiting.containsKey(presence.userId())) {
            missed(presence.changedAt());
            return;
        }
        remember(sighting);
        waiting.put(presence.userId(), sighting);
        schedule();
    }

    /** Some that are as old as {@code ms}, milliseconds since the epoch, may never have come. */
    public void missed(long ms) {
        if (!stopped) {
            missedSince = Math.min(missedSince, ms);
            schedule();
        }
    }

    /**
     * What to answer a client that asked: what the services said, or what the client was shown that is newer.
     *
     * @param states as the services know them; one that began at 0 holds whatever was shown
     */
    public List<Signal.Presence> newest(List<Signal.Presence> states) {
        return states.stream().map(this::newest).toList();
    }

    public void stop() {
        stopped = true;
        waiting.clear();
        newest.clear();
    }

    private Signal.Presence newest(Signal.Presence state) {
        SignalRendering known = newest.get(state.userId());
        if (known != null && state.changedAt() > 0 && presence(known).changedAt() > state.changedAt()) {
            return presence(known);
        }
        waiting.remove(state.userId());
        remember(new SignalRendering(state));
        return state;
    }

    private void remember(SignalRendering sighting) {
        newest.put(presence(sighting).userId(), sighting);
        if (newest.size() > MOST_KEPT) {
            Iterator<String> oldest = newest.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            long waited = (System.nanoTime() - last) / 1_000_000;
            if (waited >= WINDOW_MS) {
                vertx.runOnContext(now -> show());
            } else {
                vertx.setTimer(WINDOW_MS - waited, fired -> show());
            }
        }
    }

    private void show() {
        scheduled = false;
        if (stopped) {
            return;
        }
        last = System.nanoTime();
        Iterator<SignalRendering> oldestFirst = waiting.values().iterator();
        for (int i = 0; i < AT_ONCE && oldestFirst.hasNext() && sink.isReady(); i++) {
            SignalRendering next = oldestFirst.next();
            oldestFirst.remove();
            sink.write(next);
        }
        if (!waiting.isEmpty()) {
            schedule();
        } else if (missedSince != Long.MAX_VALUE) {
            catchUp();
        }
    }

    private void catchUp() {
        long since = missedSince;
        missedSince = Long.MAX_VALUE;
        services.ask(new PresenceRequest.LookSince(user, since)).onSuccess(reply -> {
            if (reply instanceof Reply.PresenceStates states) {
                states.states().forEach(state -> take(new SignalRendering(state)));
            } else {
                missed(since);
            }
        });
    }

    private static Signal.Presence presence(SignalRendering sighting) {
        return (Signal.Presence) sighting.signal();
    }
}
