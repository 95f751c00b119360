package io.continuo.gateway.dialect;

import io.continuo.common.bus.Reply;
import io.continuo.common.model.Announcement;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.Content;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.Identity;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Notification;
import io.continuo.common.model.Part;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes objects as one dialect shows them to one user (protocol/layer.md §10). */
final class ObjectWriter {
    private final boolean layer1;
    private final boolean layer3;
    private final Links links;
    private final Downloads downloads;

    ObjectWriter(Dialect dialect, Links links, Downloads downloads) {
        this.layer1 = dialect == Dialect.LAYER_1_0;
        this.layer3 = dialect == Dialect.LAYER_3_0;
        this.links = links;
        this.downloads = downloads;
    }

    /** Writes channels with the same links and people. */
    ChannelWriter channels() {
        return new ChannelWriter(links, this);
    }

    /** §10.2; the app's backend sees nothing that differs from user to user (§14.1). */
    void conversation(JsonText json, ConversationView view, String user) {
        Conversation conversation = view.conversation();
        String id = conversation.id();
        json.open();
        reference(json, LayerId.conversation(id), links.conversation(id));
        json.field("messages_url", links.messages(id)).time("created_at", conversation.createdAt());
        if (!UserId.isBackend(user)) {
            lastMessage(json.key("last_message"), view, user);
        }
        json.key("participants").openArray();
        conversation.participants().forEach(person -> participant(json, person));
        json.closeArray().field("distinct", conversation.distinct());
        if (!UserId.isBackend(user)) {
            json.field("unread_message_count", view.unread());
        }
        if (!layer1) {
            json.field("total_message_count", view.total());
        }
        Map<String, Object> metadata = conversation.metadata();
        json.key("metadata").tree(metadata == null ? Map.of() : metadata).close();
    }

    /** §10.3. A message in a channel has no receipts (§10.7). */
    void message(JsonText json, Message message, String user) {
        messageFields(json, message, user);
        json.close();
    }

    /** A message as it arrives: in 3.0 with what its recipient is to be notified of (§8.2, §13.12). */
    void arrivingMessage(JsonText json, Message message, String user) {
        messageFields(json, message, user);
        Notification notification = message.notification();
        if (layer3 && notification != null && !message.sender().userId().equals(user)) {
            notification.forUser(user).ifPresent(wording -> notification(json, wording, notification));
        }
        json.close();
    }

    private static void notification(JsonText json, Notification.Wording wording, Notification notification) {
        json.key("notification").open();
        optional(json, "title", wording.title());
        optional(json, "text", wording.text());
        optional(json, "sound", wording.sound());
        notification.options().forEach((name, value) -> json.key(name).any(value));
        json.close();
    }

    private static void optional(JsonText json, String key, @Nullable String value) {
        if (value != null) {
            json.field(key, value);
        }
    }

    private void messageFields(JsonText json, Message message, String user) {
        String id = message.id();
        json.open();
        reference(json, LayerId.message(id), links.message(id));
        String container = message.conversationId();
        boolean inChannel = ContainerId.isChannel(container);
        if (!inChannel) {
            json.field("receipts_url", links.receipts(id));
        }
        json.field("position", message.position())
                .key(inChannel ? "channel" : "conversation")
                .open();
        reference(json, LayerId.container(container), links.container(container));
        json.close();
        parts(json.key("parts"), message);
        json.time("sent_at", message.sentAt());
        if (!layer1) {
            json.time("received_at", message.sentAt());
        }
        if (layer3) {
            json.field("updated_at", message.updatedAt() == 0 ? null : JsonText.isoTime(message.updatedAt()));
        }
        sender(json.key("sender"), message.sender());
        isUnread(json.key("is_unread"), message, user);
        if (!inChannel) {
            recipientStatus(json.key("recipient_status"), message.recipients());
        }
    }

    private void recipientStatus(JsonText json, Map<String, ReceiptStatus> statuses) {
        json.open();
        statuses.forEach(
                (recipient, status) -> json.foreignKey(recipientKey(recipient)).value(status.wire()));
        json.close();
    }

    /** §10.6: a message that is in no conversation; the reader sees their own status only. */
    void announcement(JsonText json, Announcement announcement, String user) {
        String id = announcement.id();
        json.open();
        reference(json, LayerId.announcement(id), links.announcement(id));
        json.field("receipts_url", links.announcement(id) + "/receipts").field("position", announcement.position());
        json.key("parts").openArray();
        for (int index = 0; index < announcement.parts().size(); index++) {
            part(
                    json,
                    LayerId.announcement(id),
                    links.announcement(id),
                    announcement.sentAt(),
                    announcement.parts().get(index),
                    index);
        }
        json.closeArray().time("sent_at", announcement.sentAt());
        if (!layer1) {
            json.time("received_at", announcement.sentAt());
        }
        if (layer3) {
            json.field("updated_at", null);
        }
        announcementSender(json.key("sender"), announcement.sender());
        json.field("is_unread", announcement.status() != ReceiptStatus.READ);
        recipientStatus(json.key("recipient_status"), Map.of(user, announcement.status()));
        json.close();
    }

    /** In 1.0 a name alone, in later versions somebody. */
    private void announcementSender(JsonText json, Person sender) {
        if (layer1) {
            String name = sender.displayName().isEmpty() ? UserId.given(sender.userId()) : sender.displayName();
            json.open().field("name", name).close();
        } else {
            sender(json, sender);
        }
    }

    /** All parts of a message, in their order. */
    void parts(JsonText json, Message message) {
        json.openArray();
        for (int index = 0; index < message.parts().size(); index++) {
            part(json, message, index);
        }
        json.closeArray();
    }

    /** §10.1: what marks the full profile is its {@code metadata}. */
    void identity(JsonText json, Identity identity) {
        json.open();
        basics(json, identity.person());
        json.field("type", identity.type().wire())
                .field("first_name", identity.firstName())
                .field("last_name", identity.lastName())
                .field("phone_number", identity.phoneNumber())
                .field("email_address", identity.emailAddress())
                .field("public_key", identity.publicKey());
        json.key("metadata").tree(identity.metadata()).close();
    }

    /** What an app has decided on a user (§14.1). */
    void user(JsonText json, Reply.UserFound found) {
        json.open();
        reference(json, LayerId.identity(found.user()), links.identity(found.user()));
        json.field("user_id", UserId.given(found.user()))
                .field("suspended", found.suspended())
                .close();
    }

    /** §10.1. */
    void basicIdentity(JsonText json, Person person) {
        json.open();
        basics(json, person);
        json.close();
    }

    /** How {@code recipient_status} names a user. */
    String recipientKey(String user) {
        return layer1 ? UserId.given(user) : LayerId.identity(user);
    }

    /** The two fields with which every object starts. */
    static void reference(JsonText json, String id, String url) {
        json.field("id", id).field("url", url);
    }

    private void lastMessage(JsonText json, ConversationView view, String user) {
        Message last = view.lastMessage();
        if (last == null) {
            json.value(null);
        } else {
            message(json, last, user);
        }
    }

    private void participant(JsonText json, Person person) {
        if (layer1) {
            json.value(UserId.given(person.userId()));
        } else {
            basicIdentity(json, person);
        }
    }

    /** To a backend nothing is read or unread. */
    private static void isUnread(JsonText json, Message message, String user) {
        if (UserId.isBackend(user)) {
            json.value(null);
        } else {
            json.value(message.unreadBy(user));
        }
    }

    private void sender(JsonText json, Person sender) {
        if (UserId.isNameOnly(sender.userId())) {
            nameOnly(json, sender.displayName());
        } else if (layer1) {
            json.open()
                    .field("user_id", UserId.given(sender.userId()))
                    .field("name", null)
                    .close();
        } else {
            basicIdentity(json, sender);
        }
    }

    private void nameOnly(JsonText json, String name) {
        if (layer1) {
            json.open().field("user_id", null).field("name", name).close();
        } else {
            json.open().field("id", null).field("url", null).field("user_id", null);
            json.field("display_name", name).field("avatar_url", null).close();
        }
    }

    private void basics(JsonText json, Person person) {
        reference(json, LayerId.identity(person.userId()), links.identity(person.userId()));
        json.field("user_id", UserId.given(person.userId()))
                .field("display_name", person.displayName())
                .field("avatar_url", person.avatarUrl().isEmpty() ? null : person.avatarUrl());
    }

    /** §10.4. */
    void part(JsonText json, Message message, int index) {
        Part part = message.parts().get(index);
        long updatedAt = part.updatedAt() == null ? message.sentAt() : part.updatedAt();
        part(json, LayerId.message(message.id()), links.message(message.id()), updatedAt, part, index);
    }

    /** Of a message or an announcement with this id and URL. */
    private void part(JsonText json, String id, String url, long updatedAt, Part part, int index) {
        String suffix = "/parts/" + (layer3 ? part.id() : Integer.toString(index));
        json.open().field("id", id + suffix);
        if (layer3) {
            json.field("url", url + suffix).field("message_url", url).time("updated_at", updatedAt);
        }
        json.field("mime_type", part.mimeType());
        if (part.body() != null) {
            json.field("body", part.body());
        }
        if (part.encoding() != null) {
            json.field("encoding", part.encoding());
        }
        Content content = part.content();
        if (content != null) {
            content(json.key("content"), content);
        }
        json.field("size", part.size()).close();
    }

    /** §10.5. */
    private void content(JsonText json, Content content) {
        Downloads.Download download = downloads.of(links, content.id());
        json.open()
                .field("id", LayerId.content(content.id()))
                .field("download_url", download.url())
                .time("expiration", download.expiresAtMs())
                .field("refresh_url", links.content(content.id()))
                .field("size", content.size())
                .close();
    }
}
