package io.continuo.gateway.socket.feed;

import io.continuo.common.event.Event;
import io.continuo.gateway.dialect.Renderer;
import java.util.ArrayList;
import java.util.List;

/**
 * An event and how it looks, written once per dialect and distinct view and then shared by all connections that show it
 * so. There are but a few of these, so they are looked for one by one. Belongs to one event loop.
 */
public final class Rendering {
    private final Event event;
    private final List<View> views = new ArrayList<>(2);

    public Rendering(Event event) {
        this.event = event;
    }

    public Event event() {
        return event;
    }

    /** The bodies of the event's packets, as this user reads them. */
    public List<String> bodies(Renderer renderer, int unread, String user) {
        int key = renderer.viewKey(event, unread, user);
        for (int i = 0; i < views.size(); i++) {
            View view = views.get(i);
            if (view.key == key && view.renderer == renderer) {
                return view.bodies;
            }
        }
        List<String> bodies = renderer.packetBodies(event, unread, user);
        views.add(new View(renderer, key, bodies));
        return bodies;
    }

    private record View(Renderer renderer, int key, List<String> bodies) {}
}
