package io.continuo.gateway.socket.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.continuo.common.event.Event;
import io.continuo.gateway.dialect.Renderer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event and how it looks: each packet is written once per dialect and distinct view and then shared by all
 * connections that show it so. Belongs to one event loop.
 */
public final class Rendering {
    private final Event event;
    private final Map<View, byte[]> bodies = new HashMap<>(4);

    private record View(Renderer renderer, int packet, int key) {}

    public Rendering(Event event) {
        this.event = event;
    }

    public Event event() {
        return event;
    }

    /**
     * The body of one of the event's packets, as this user reads it, in UTF-8. It is shared: to be read only.
     *
     * @param packet from 0 to the event's span
     */
    public byte[] body(Renderer renderer, int packet, int unread, String user) {
        View view = new View(renderer, packet, renderer.viewKey(event, packet, unread, user));
        byte @Nullable [] written = bodies.get(view);
        if (written == null) {
            written = renderer.packetBody(event, packet, unread, user).getBytes(UTF_8);
            bodies.put(view, written);
        }
        return written;
    }
}
