package io.continuo.gateway.api;

import io.continuo.common.bus.AnnouncementRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.model.LayerId;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Announcements (protocol/layer.md §13.7, §14.1). */
final class AnnouncementOperations {
    private static final int ACCEPTED = 202;
    private static final int MOST_RECIPIENTS = 20_000;
    private static final String TYPE = "announcements";
    private static final String ONE = "/announcements/:id";
    private static final String OBJECT = "announcements/:id";

    private AnnouncementOperations() {}

    static List<Operation> rows() {
        return List.of(
                Operation.read(
                        "Announcement.list",
                        "/announcements",
                        "",
                        input -> new AnnouncementRequest.ListAnnouncements(
                                input.user(), input.pageSize(), input.after(TYPE))),
                Operation.read(
                        "Announcement.get",
                        ONE,
                        OBJECT,
                        input -> new AnnouncementRequest.GetAnnouncement(input.user(), input.id(TYPE))),
                Operation.change(
                        "Announcement.delete",
                        HttpMethod.DELETE,
                        ONE,
                        OBJECT,
                        input -> new AnnouncementRequest.DeleteAnnouncement(input.user(), input.id(TYPE))),
                Operation.change(
                        "Announcement.mark", HttpMethod.POST, ONE + "/receipts", OBJECT, AnnouncementOperations::mark));
    }

    static List<Operation> serverRows() {
        return List.of(Operation.change(
                        "Server.Announcement.create",
                        HttpMethod.POST,
                        "/announcements",
                        "",
                        AnnouncementOperations::create)
                .answering(ACCEPTED));
    }

    private static MessagingRequest mark(Input input) {
        String id = input.id(TYPE);
        return new AnnouncementRequest.MarkAnnouncement(
                input.user(),
                id,
                input.reader().receipt(input.user(), id, input.object()).status());
    }

    /** The body with its {@code id}, if it has one, bare: it names no message. */
    private static JsonObject named(JsonObject body) {
        if (body.getValue("id") instanceof String id) {
            LayerId.uuid(TYPE, id).ifPresent(bare -> body.put("id", bare));
        }
        return body;
    }

    private static MessagingRequest create(Input input) {
        Object recipients = input.object().getValue("recipients");
        if (recipients == null || (recipients instanceof JsonArray none && none.isEmpty())) {
            throw BadRequest.missing("recipients");
        }
        if (!(recipients instanceof JsonArray list)) {
            throw BadRequest.invalid("recipients", "recipients must be a list of ids.");
        }
        String sender = SenderReader.read(input);
        MessageRequest.CreateMessage message = input.reader().messageCreate(sender, "", named(input.object()));
        return new AnnouncementRequest.CreateAnnouncement(
                input.user(),
                message.messageId(),
                sender,
                input.users(list, "recipients", MOST_RECIPIENTS),
                message.parts());
    }
}
