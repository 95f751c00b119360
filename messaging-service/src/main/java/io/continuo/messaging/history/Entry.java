package io.continuo.messaging.history;

import io.continuo.common.event.Delivery;
import io.continuo.common.event.Position;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a client's history, its event still a pointer.
 *
 * @param position of the event's last packet
 * @param unread the client's unread count after it, or {@link Delivery#UNCHANGED}
 */
record Entry(Position position, EventRef ref, int unread) {

    /** Reads what {@code XRANGE} answers. */
    static List<Entry> list(Response entries) {
        List<Entry> list = new ArrayList<>(entries.size());
        for (Response entry : entries) {
            Position position = Position.parse(entry.get(0).toString()).orElseThrow();
            list.add(entry(position, entry.get(1).get(1).toString()));
        }
        return list;
    }

    /** An event that touches the unread count stands after it: {@code <unread> <event>}. */
    private static Entry entry(Position position, String value) {
        boolean counted = Character.isDigit(value.charAt(0));
        int space = counted ? value.indexOf(' ') : -1;
        int unread = counted ? Integer.parseInt(value.substring(0, space)) : Delivery.UNCHANGED;
        return new Entry(position, EventRef.parse(value.substring(space + 1)), unread);
    }

    /** The sequence of the event's first packet. */
    long firstSeq() {
        return position.seq() - ref.span(unread) + 1;
    }

    /** The position right before the event. */
    Position before() {
        return new Position(position.ms(), firstSeq() - 1);
    }
}
