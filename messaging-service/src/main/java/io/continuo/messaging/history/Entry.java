package io.continuo.messaging.history;

import io.continuo.common.event.Position;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a client's history, its event still a pointer.
 *
 * @param position of the event's last packet
 * @param unread the client's unread count after it, or {@link io.continuo.common.event.Delivery#UNCHANGED}
 */
record Entry(Position position, EventRef ref, int unread) {

    /** Reads what {@code XRANGE} answers. */
    static List<Entry> list(Response entries) {
        List<Entry> list = new ArrayList<>(entries.size());
        for (Response entry : entries) {
            Response fields = entry.get(1);
            list.add(new Entry(
                    Position.parse(entry.get(0).toString()).orElseThrow(),
                    EventRef.parse(fields.get(1).toString()),
                    fields.get(3).toInteger()));
        }
        return list;
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
