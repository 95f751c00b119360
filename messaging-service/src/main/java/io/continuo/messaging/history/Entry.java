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
    private static final String OF_A_USER = "e";
    private static final int AFTER_KIND = 2;

    /** Reads what {@code XRANGE} answers. */
    static List<Entry> list(Response entries) {
        List<Entry> list = new ArrayList<>(entries.size());
        for (Response entry : entries) {
            Position position = Position.parse(entry.get(0).toString()).orElseThrow();
            Response field = entry.get(1);
            list.add(entry(position, field.get(0).toString(), field.get(1).toString()));
        }
        return list;
    }

    /**
     * The name of the entry's one field. What happens in a conversation bears its id: Redis keeps a name that several entries
     * of a node have in common only once.
     */
    static String field(EventRef ref) {
        return ref instanceof EventRef.InConversation in ? ShortId.of(in.conversationId()) : OF_A_USER;
    }

    /** What the field holds: the pointer without the conversation and the separators around it. */
    static String value(EventRef ref) {
        String text = ref.text();
        if (!(ref instanceof EventRef.InConversation in)) {
            return text;
        }
        int rest = AFTER_KIND + ShortId.of(in.conversationId()).length() + 1;
        return text.length() < rest ? text.substring(0, 1) : text.charAt(0) + text.substring(rest);
    }

    /** An event that touches the unread count stands right after it; its first character is a letter. */
    private static Entry entry(Position position, String field, String value) {
        int kind = 0;
        while (Character.isDigit(value.charAt(kind))) {
            kind++;
        }
        int unread = kind == 0 ? Delivery.UNCHANGED : Integer.parseInt(value.substring(0, kind));
        String event = value.substring(kind);
        return new Entry(position, EventRef.parse(field.equals(OF_A_USER) ? event : text(field, event)), unread);
    }

    private static String text(String conversation, String event) {
        String text = event.charAt(0) + ":" + conversation;
        return event.length() == 1 ? text : text + ":" + event.substring(1);
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
