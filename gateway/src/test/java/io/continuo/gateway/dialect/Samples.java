package io.continuo.gateway.dialect;

import static io.continuo.common.model.ReceiptStatus.READ;
import static io.continuo.common.model.ReceiptStatus.SENT;

import io.continuo.common.event.Event;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.Message;
import io.continuo.common.model.Part;
import io.continuo.common.model.Person;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The people, conversation and message of protocol/layer.md §10. */
final class Samples {
    static final Links LINKS = new Links("https://chat.example.test");
    static final String C = "2f4a9c1e-7d35-4b0a-8e66-91c0d2b7a310";
    static final String M = "c81f6e52-3b9d-4d7a-a4e0-0f7e5c2d9b18";
    static final String P = "77d0e8b4-8f0a-4a55-9d0e-3c6c1a2b4f10";
    static final Person INES = new Person("ines", "Ines K.", "https://cdn.example.test/i.png");
    static final Person OMAR = new Person("omar.k", "Omar", "");

    static final Conversation CONVERSATION =
            new Conversation(C, at("2031-02-03T08:00:00Z"), List.of(INES, OMAR), true, Map.of("title", "Orchard"));

    static final Message MESSAGE = new Message(
            M,
            C,
            40960,
            INES,
            at("2031-02-03T09:10:11.512Z"),
            List.of(new Part(P, "text/plain;role=root", "pears are ripe", null, null, 14)),
            Map.of("ines", READ, "omar.k", SENT));

    private Samples() {}

    static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    static Renderer renderer(Dialect dialect) {
        return new Renderer(dialect, LINKS, true);
    }

    /** The bodies of all packets of an event. */
    static List<String> bodies(Renderer renderer, Event event, int unread, String user) {
        return IntStream.range(0, event.span(unread))
                .mapToObj(place -> bodies(renderer, event, place, unread, user))
                .flatMap(List::stream)
                .toList();
    }

    /** The bodies of the packets at one of an event's places. */
    static List<String> bodies(Renderer renderer, Event event, int place, int unread, String user) {
        return renderer.packets(event, place, unread, user).stream()
                .map(Packet::text)
                .toList();
    }

    /** JSON with single quotes, and C, M, P for the ids, as an object. */
    static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"')
                .replace("<C>", C)
                .replace("<M>", M)
                .replace("<P>", P)
                .replace("<U>", LINKS.base())
                .replace("<ines>", """
                        {"id": "layer:///identities/ines", "url": "https://chat.example.test/identities/ines",
                         "user_id": "ines", "display_name": "Ines K.",
                         "avatar_url": "https://cdn.example.test/i.png"}""")
                .replace("<omar>", """
                        {"id": "layer:///identities/omar.k", "url": "https://chat.example.test/identities/omar.k",
                         "user_id": "omar.k", "display_name": "Omar", "avatar_url": null}"""));
    }
}
