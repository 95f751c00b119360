package io.continuo.gateway.socket.feed;

import io.continuo.common.event.Event;
import io.continuo.gateway.dialect.Packet;
import io.continuo.gateway.dialect.Renderer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event and how it looks: its packets are written once per dialect and distinct view and then shared by all
 * connections that show them so. Belongs to one event loop.
 */
public final class Rendering {
    private final Event event;
    private final long acceptedMs;
    private final @Nullable String trace;
    private final Map<View, List<Packet>> written = new HashMap<>(4);

    private record View(Renderer renderer, int place, int key) {}

    /** Of an event that was read from a history: when its change was accepted, and why, nobody knows any more. */
    public Rendering(Event event) {
        this(event, 0, null);
    }

    /**
     * @param acceptedMs when the event's change was accepted, Redis time; 0 when that is unknown
     * @param trace of the request that has caused it, if it is known
     */
    public Rendering(Event event, long acceptedMs, @Nullable String trace) {
        this.event = event;
        this.acceptedMs = acceptedMs;
        this.trace = trace;
    }

    public Event event() {
        return event;
    }

    /** When its change was accepted, Redis time; 0 when that is unknown. */
    public long acceptedMs() {
        return acceptedMs;
    }

    /** Of the request that has caused it. */
    public @Nullable String trace() {
        return trace;
    }

    /**
     * What the event shows as at one of its places, as this user reads it; may be nothing.
     *
     * @param place from 0 to the event's span
     */
    public List<Packet> packets(Renderer renderer, int place, int unread, String user) {
        if (renderer.isPersonal(event)) {
            return renderer.packets(event, place, unread, user);
        }
        View view = new View(renderer, place, renderer.viewKey(event, place, unread, user));
        List<Packet> packets = written.get(view);
        if (packets == null) {
            packets = renderer.packets(event, place, unread, user);
            written.put(view, packets);
        }
        return packets;
    }
}
