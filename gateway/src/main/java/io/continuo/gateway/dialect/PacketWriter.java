package io.continuo.gateway.dialect;

import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Signal;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.DeletionMode;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of change and signal packets (protocol/layer.md §8, §9). */
final class PacketWriter {
    private final boolean layer1;
    private final boolean layer3;
    private final String update;
    private final Links links;
    private final ObjectWriter objects;
    private final PartPackets parts;
    private final ChannelWriter channels;
    private final IdentityPackets identities;
    private final AnnouncementWriter announcements;

    PacketWriter(Dialect dialect, Links links, boolean layer1Patch, ObjectWriter objects) {
        this.layer1 = dialect == Dialect.LAYER_1_0;
        this.layer3 = dialect == Dialect.LAYER_3_0;
        this.update = layer1 && layer1Patch ? "patch" : "update";
        this.links = links;
        this.objects = objects;
        this.parts = new PartPackets(links, objects);
        this.channels = objects.channels();
        this.identities = new IdentityPackets(links, update, objects);
        this.announcements = new AnnouncementWriter(links, update, objects);
    }

    /**
     * What an event shows as at one of its places: mostly one packet, none where the dialect has no word for it. At the
     * second place stands what follows for the conversation.
     */
    List<Packet> packets(Event event, int place, int unread, String user) {
        if (event instanceof Event.ConversationReturned && place == 0 && layer1) {
            return List.of(); // the SDK of 1.0 would delete the whole conversation (§8.4)
        }
        if (event instanceof Event.PartChanged changed) {
            return layer3 ? parts.packets(changed, place) : List.of();
        }
        if (event instanceof Event.AllRead read && place == 0) {
            return allRead(read);
        }
        return layer1 && (isUnknownToLayer1(event) || ContainerId.isChannel(container(event)))
                ? List.of()
                : List.of(Packet.change(body(event, place, unread, user)));
    }

    /** The conversation or channel of an event; empty where there is none. */
    private static String container(Event event) {
        return switch (event) {
            case Event.ConversationCreated created -> created.conversation().id();
            case Event.ConversationChanged changed -> changed.conversationId();
            case Event.ConversationReturned returned -> returned.conversation().id();
            case Event.ConversationDeleted deleted -> deleted.conversationId();
            case Event.ChannelCreated created -> created.channel().id();
            case Event.MembershipCreated created -> created.membership().channelId();
            case Event.MembershipDeleted deleted -> deleted.channelId();
            case Event.MessageCreated created -> created.message().conversationId();
            case Event.MessageDeleted deleted -> deleted.conversationId();
            case Event.ReceiptChanged changed -> changed.conversationId();
            case Event.PartChanged changed -> changed.message().conversationId();
            case Event.AllRead read -> read.conversationId();
            case Event.IdentityChanged changed -> "";
            case Event.IdentityDeleted deleted -> "";
            case Event.Followed followed -> "";
            case Event.Unfollowed unfollowed -> "";
            case Event.AnnouncementCreated created -> "";
            case Event.AnnouncementMarked marked -> "";
            case Event.AnnouncementDeleted deleted -> "";
            case Event.ChangesLost lost -> "";
            case Event.CanarySang sang -> "";
        };
    }

    /** In 1.0 people are but ids (§10.1), and announcements come by REST alone (§10.6). */
    private static boolean isUnknownToLayer1(Event event) {
        return event instanceof Event.IdentityChanged
                || event instanceof Event.IdentityDeleted
                || event instanceof Event.Followed
                || event instanceof Event.Unfollowed
                || event instanceof Event.AnnouncementCreated
                || event instanceof Event.AnnouncementMarked
                || event instanceof Event.AnnouncementDeleted;
    }

    /** 1.0 has no word for it and is told of single messages (§8.5). */
    private List<Packet> allRead(Event.AllRead read) {
        return layer1
                ? read.messageIds().stream()
                        .map(message -> Packet.change(receipt(message, read.author(), ReceiptStatus.READ)))
                        .toList()
                : List.of(Packet.operation(markAllRead(read)));
    }

    private String markAllRead(Event.AllRead read) {
        JsonText json = new JsonText().open().field("method", "Conversation.mark_all_read");
        conversationReference(json, read.conversationId());
        json.key("data")
                .open()
                .field("position", read.position())
                .key("identity")
                .open();
        ObjectWriter.reference(json, LayerId.identity(read.author()), links.identity(read.author()));
        return json.close().close().close().toString();
    }

    private String body(Event event, int place, int unread, String user) {
        return switch (event) {
            case Event.ConversationCreated created ->
                conversationCreate(
                        new ConversationView(created.conversation(), 0, created.total(), created.lastMessage()), user);
            case Event.ConversationChanged changed -> conversationChange(changed);
            case Event.ConversationReturned returned ->
                place == 0
                        ? conversationDelete(returned.conversation().id(), DeletionMode.MY_DEVICES, returned.cut())
                        : conversationCreate(ConversationView.fresh(returned.conversation()), user);
            case Event.ConversationDeleted deleted ->
                conversationDelete(deleted.conversationId(), deleted.mode(), null);
            case Event.ChannelCreated created -> channels.created(created, user);
            case Event.MembershipCreated created -> channels.memberCreated(created.membership());
            case Event.MembershipDeleted deleted -> channels.memberDeleted(deleted);
            case Event.MessageCreated created ->
                place == 0 ? messageCreate(created.message(), user) : lastMessage(created, unread);
            case Event.MessageDeleted deleted -> place == 0 ? messageDelete(deleted) : lastMessage(deleted, unread);
            case Event.PartChanged changed -> throw new IllegalStateException("Shows as it likes: " + changed);
            case Event.ReceiptChanged changed ->
                place == 0
                        ? receipt(changed.messageId(), changed.author(), changed.status())
                        : unreadCount(changed.conversationId(), unread);
            case Event.AllRead read -> unreadCount(read.conversationId(), unread);
            case Event.IdentityChanged changed -> identities.change(changed);
            case Event.IdentityDeleted deleted -> identities.delete(deleted.user());
            case Event.Followed followed -> identities.create(followed.identity());
            case Event.Unfollowed unfollowed -> identities.delete(unfollowed.other());
            case Event.AnnouncementCreated created -> announcements.create(created, user);
            case Event.AnnouncementMarked marked -> announcements.mark(marked);
            case Event.AnnouncementDeleted deleted -> announcements.delete(deleted);
            case Event.ChangesLost lost -> throw new IllegalStateException("A verdict, and no packet: " + lost);
            case Event.CanarySang sang -> throw new IllegalStateException("Nobody's: " + sang);
        };
    }

    /** §9.1: a 2.0 client that meets the 1.0 shape throws, so the two never mix. */
    String typing(Signal.Typing typing) {
        JsonText json = new JsonText().open().field("type", "typing_indicator");
        conversationReference(json, typing.conversationId());
        json.key("data").open().field("action", typing.state().wire());
        if (layer1) {
            json.field("user_id", UserId.given(typing.sender().userId()));
        } else {
            objects.basicIdentity(json.key("sender"), typing.sender());
        }
        return json.close().close().toString();
    }

    /** §9.2, and the elements of {@code Presence.sync}'s changes (§7.6). */
    void presence(JsonText json, Signal.Presence presence) {
        String user = presence.userId();
        json.open().field("operation", update);
        objectReference(json, "Identity", LayerId.identity(user), links.identity(user));
        json.key("data").openArray();
        set(json, "presence.status").field("value", presence.status().wire()).close();
        set(json, "presence.last_seen_at");
        Long seen = presence.lastSeenAt();
        json.field("value", seen == null ? null : JsonText.isoTime(seen)).close();
        json.closeArray().close();
    }

    private String conversationCreate(ConversationView view, String user) {
        JsonText json = new JsonText().open().field("operation", "create");
        conversationReference(json, view.conversation().id());
        objects.conversation(json.key("data"), view, user);
        return json.close().toString();
    }

    private String conversationChange(Event.ConversationChanged changed) {
        JsonText json = conversationUpdate(changed.conversationId());
        changed.changes().forEach(change -> change(json, change));
        return json.closeArray().close().toString();
    }

    private void change(JsonText json, ConversationChange change) {
        switch (change) {
            case ConversationChange.SetMetadata set ->
                json.open()
                        .field("operation", "set")
                        .field("property", metadata(set.path()))
                        .key("value")
                        .any(set.value())
                        .close();
            case ConversationChange.DeleteMetadata delete ->
                json.open()
                        .field("operation", "delete")
                        .field("property", metadata(delete.path()))
                        .close();
            case ConversationChange.SetName name ->
                set(json, "name").field("value", name.name()).close();
            case ConversationChange.AddParticipant add -> participant(json, "add", add.person());
            case ConversationChange.RemoveParticipant remove -> participant(json, "remove", Person.of(remove.user()));
            case ConversationChange.SetParticipants replace ->
                throw new IllegalStateException("Carried out as additions and removals: " + replace);
        }
    }

    /** By id, with what a client needs to show somebody whom it does not know (§8.3). */
    private void participant(JsonText json, String operation, Person person) {
        json.open().field("operation", operation).field("property", "participants");
        if (layer1) {
            json.field("value", UserId.given(person.userId()));
        } else {
            json.field("id", LayerId.identity(person.userId()));
            if (operation.equals("add")) {
                objects.basicIdentity(json.key("value"), person);
            }
        }
        json.close();
    }

    static String metadata(List<String> path) {
        return path.isEmpty()
                ? "metadata"
                : "metadata." + path.stream().map(PacketWriter::pathElement).collect(Collectors.joining("."));
    }

    /** @param upTo only messages up to this position are gone; null for the whole conversation */
    private String conversationDelete(String id, DeletionMode mode, @Nullable Long upTo) {
        JsonText json = new JsonText().open().field("operation", "delete");
        conversationReference(json, id);
        json.key("data").open().field("mode", mode.wire());
        if (upTo == null) {
            json.field("from_position", null);
        } else {
            json.field("from_position", upTo);
        }
        return json.close().close().toString();
    }

    private String messageDelete(Event.MessageDeleted deleted) {
        JsonText json = new JsonText().open().field("operation", "delete");
        messageReference(json, deleted.messageId());
        json.key("data").open().field("mode", deleted.mode().wire());
        return json.close().close().toString();
    }

    private String messageCreate(Message message, String user) {
        JsonText json = new JsonText().open().field("operation", "create");
        messageReference(json, message.id());
        objects.arrivingMessage(json.key("data"), message, user);
        return json.close().toString();
    }

    /** By id, not by value: the client has just got the message (§8.3). */
    private String lastMessage(Event.MessageCreated created, int unread) {
        Message message = created.message();
        JsonText json = conversationUpdate(message.conversationId());
        set(json, "last_message").field("id", LayerId.message(message.id())).close();
        return counts(json, unread, created.total());
    }

    private String lastMessage(Event.MessageDeleted deleted, int unread) {
        JsonText json = conversationUpdate(deleted.conversationId());
        set(json, "last_message");
        if (deleted.lastMessageId().isEmpty()) {
            json.field("value", null);
        } else {
            json.field("id", LayerId.message(deleted.lastMessageId()));
        }
        return counts(json.close(), unread, deleted.total());
    }

    private String counts(JsonText json, int unread, int total) {
        if (unread != Delivery.UNCHANGED) {
            set(json, "unread_message_count").field("value", unread).close();
        }
        if (!layer1) {
            set(json, "total_message_count").field("value", total).close();
        }
        return json.closeArray().close().toString();
    }

    private String unreadCount(String conversationId, int unread) {
        JsonText json = conversationUpdate(conversationId);
        set(json, "unread_message_count").field("value", unread).close();
        return json.closeArray().close().toString();
    }

    private String receipt(String message, String recipient, ReceiptStatus status) {
        JsonText json = new JsonText().open().field("operation", update);
        messageReference(json, message);
        json.key("data").openArray();
        set(json, "recipient_status." + pathElement(objects.recipientKey(recipient)))
                .field("value", status.wire())
                .close();
        return json.closeArray().close().toString();
    }

    private JsonText conversationUpdate(String conversationId) {
        JsonText json = new JsonText().open().field("operation", update);
        conversationReference(json, conversationId);
        return json.key("data").openArray();
    }

    static JsonText set(JsonText json, String property) {
        return json.open().field("operation", "set").field("property", property);
    }

    /** A dot would end the element, and a backslash would vanish (§11). */
    static String pathElement(String key) {
        return key.replace("\\", "\\\\").replace(".", "\\.");
    }

    private void conversationReference(JsonText json, String id) {
        String type = ContainerId.isChannel(id) ? "Channel" : "Conversation";
        objectReference(json, type, LayerId.container(id), links.container(id));
    }

    private void messageReference(JsonText json, String id) {
        objectReference(json, "Message", LayerId.message(id), links.message(id));
    }

    static void objectReference(JsonText json, String type, String id, String url) {
        json.key("object").open().field("type", type);
        ObjectWriter.reference(json, id, url);
        json.close();
    }
}
