package io.continuo.gateway.dialect;

import io.continuo.common.event.Event;
import io.continuo.common.model.LayerId;

/** Writes announcements and the bodies of change packets about them (protocol/layer.md §10.6). */
final class AnnouncementWriter {
    private final Links links;
    private final String update;
    private final ObjectWriter objects;

    /** @param update what the dialect calls a modification */
    AnnouncementWriter(Links links, String update, ObjectWriter objects) {
        this.links = links;
        this.update = update;
        this.objects = objects;
    }

    String create(Event.AnnouncementCreated created, String user) {
        JsonText json = packet("create", created.announcement().id());
        objects.announcement(json.key("data"), created.announcement(), user);
        return json.close().toString();
    }

    String mark(Event.AnnouncementMarked marked) {
        JsonText json = packet(update, marked.announcementId()).key("data").openArray();
        String status = "recipient_status." + PacketWriter.pathElement(objects.recipientKey(marked.user()));
        PacketWriter.set(json, status).field("value", marked.status().wire()).close();
        return json.closeArray().close().toString();
    }

    String delete(Event.AnnouncementDeleted deleted) {
        return packet("delete", deleted.announcementId())
                .key("data")
                .open()
                .close()
                .close()
                .toString();
    }

    private JsonText packet(String operation, String id) {
        JsonText json = new JsonText().open().field("operation", operation);
        PacketWriter.objectReference(json, "Announcement", LayerId.announcement(id), links.announcement(id));
        return json;
    }
}
