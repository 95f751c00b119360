package io.continuo.gateway.socket.feed;

import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;

/**
 * An event that is due to a client.
 *
 * @param position of the event's last packet in the client's history
 * @param unread see {@link Delivery#unread}
 */
public record Due(Rendering rendering, Position position, int unread) {

    static Due of(Delivery delivery) {
        return new Due(new Rendering(delivery.event()), delivery.position(), delivery.unread());
    }

    public Event event() {
        return rendering.event();
    }

    public int span() {
        return event().span(unread);
    }
}
