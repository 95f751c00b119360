package io.continuo.gateway.dialect;

import io.continuo.common.event.Event;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Part;
import java.util.List;

/** Writes the packets that tell of changed parts (protocol/layer.md §8.3). Only 3.0 has words for them. */
final class PartPackets {
    private final Links links;
    private final ObjectWriter objects;

    PartPackets(Links links, ObjectWriter objects) {
        this.links = links;
        this.objects = objects;
    }

    /** An edit shows at the part, then at the message; everything else at the message. */
    List<Packet> packets(Event.PartChanged changed, int place) {
        Message message = changed.message();
        return switch (changed.change()) {
            case EDITED -> place == 0 ? edited(message, index(changed)) : List.of(touched(message));
            case ADDED -> added(message, index(changed));
            case REPLACED -> List.of(replaced(message));
            case REMOVED -> List.of(removed(message, changed.partId()));
        };
    }

    private static int index(Event.PartChanged changed) {
        List<Part> parts = changed.message().parts();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).id().equals(changed.partId())) {
                return i;
            }
        }
        return -1;
    }

    /** It may have gone since; then the next event tells. */
    private List<Packet> edited(Message message, int index) {
        if (index < 0) {
            return List.of();
        }
        Part part = message.parts().get(index);
        JsonText json = new JsonText().open().field("operation", "update");
        PacketWriter.objectReference(json, "MessagePart", id(message, part.id()), links.part(message.id(), part.id()));
        json.key("data").openArray();
        if (part.body() != null) {
            PacketWriter.set(json, "body").field("value", part.body()).close();
        }
        PacketWriter.set(json, "mime_type").field("value", part.mimeType()).close();
        PacketWriter.set(json, "size").field("value", part.size()).close();
        Long at = part.updatedAt();
        PacketWriter.set(json, "updated_at")
                .field("value", JsonText.isoTime(at == null ? message.sentAt() : at))
                .close();
        return List.of(Packet.change(json.closeArray().close().toString()));
    }

    private List<Packet> added(Message message, int index) {
        if (index < 0) {
            return List.of();
        }
        JsonText json = update(message);
        json.open()
                .field("operation", "add")
                .field("property", "parts")
                .field("id", id(message, message.parts().get(index).id()));
        objects.part(json.key("value"), message, index);
        return List.of(end(json.close(), message));
    }

    private Packet removed(Message message, String part) {
        JsonText json = update(message);
        json.open()
                .field("operation", "remove")
                .field("property", "parts")
                .field("id", id(message, part))
                .close();
        return end(json, message);
    }

    private Packet replaced(Message message) {
        JsonText json = update(message);
        objects.parts(PacketWriter.set(json, "parts").key("value"), message);
        return end(json.close(), message);
    }

    private Packet touched(Message message) {
        return end(update(message), message);
    }

    private JsonText update(Message message) {
        JsonText json = new JsonText().open().field("operation", "update");
        PacketWriter.objectReference(json, "Message", LayerId.message(message.id()), links.message(message.id()));
        return json.key("data").openArray();
    }

    private static Packet end(JsonText json, Message message) {
        PacketWriter.set(json, "updated_at")
                .field("value", JsonText.isoTime(message.updatedAt()))
                .close();
        return Packet.change(json.closeArray().close().toString());
    }

    private static String id(Message message, String part) {
        return LayerId.message(message.id()) + "/parts/" + part;
    }
}
