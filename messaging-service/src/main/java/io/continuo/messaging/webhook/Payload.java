package io.continuo.messaging.webhook;

import io.continuo.common.model.ContainerId;
import io.continuo.common.model.Content;
import io.continuo.common.model.Conversation;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Message;
import io.continuo.common.model.Part;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import io.continuo.common.model.Webhook;
import io.continuo.common.model.WebhookVersion;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects as one webhook shows them: the system's view, which knows no user (protocol/layer.md §14). */
final class Payload {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final boolean layer1;
    private final boolean layer3;
    private final String base;

    /** @param publicUrl where clients reach us, without a trailing slash */
    Payload(Webhook webhook, String publicUrl) {
        this.layer1 = webhook.version() == WebhookVersion.V1;
        this.layer3 = webhook.version() == WebhookVersion.V3;
        this.base = publicUrl + "/apps/" + LayerId.encode(webhook.appId());
    }

    static String time(long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }

    /** Whose doing an event is. */
    Map<String, Object> actor(Person person) {
        if (!layer1) {
            return identity(person);
        }
        boolean nameOnly = UserId.isNameOnly(person.userId());
        return nameOnly ? Map.of("name", person.displayName()) : Map.of("user_id", UserId.given(person.userId()));
    }

    Map<String, Object> message(Message message) {
        Map<String, Object> json = messageReference(message.id(), message.conversationId());
        json.put("position", message.position());
        List<Object> parts = new ArrayList<>();
        for (int index = 0; index < message.parts().size(); index++) {
            parts.add(part(message, index));
        }
        json.put("parts", parts);
        json.put("sent_at", time(message.sentAt()));
        json.put("sender", sender(message.sender()));
        if (ContainerId.isChannel(message.conversationId())) {
            return json;
        }
        Map<String, Object> statuses = new LinkedHashMap<>();
        message.recipients().forEach((user, status) -> statuses.put(user(user), status.wire()));
        json.put("recipient_status", statuses);
        return json;
    }

    /** What there is to say of a message that is gone. */
    Map<String, Object> messageReference(String id, String conversation) {
        Map<String, Object> json = reference(LayerId.message(id), messageUrl(id, conversation));
        json.put(ContainerId.isChannel(conversation) ? "channel" : "conversation", containerReference(conversation));
        return json;
    }

    Map<String, Object> conversation(Conversation conversation) {
        String id = conversation.id();
        Map<String, Object> json = containerReference(id);
        json.put("messages_url", containerUrl(id) + "/messages");
        json.put("created_at", time(conversation.createdAt()));
        json.put(
                "participants",
                conversation.participants().stream()
                        .map(person -> layer1 ? UserId.given(person.userId()) : identity(person))
                        .toList());
        json.put("distinct", conversation.distinct());
        Map<String, Object> metadata = conversation.metadata();
        json.put("metadata", metadata == null ? Map.of() : metadata);
        return json;
    }

    /** What there is to say of a conversation that is gone. */
    Map<String, Object> containerReference(String id) {
        return reference(LayerId.container(id), containerUrl(id));
    }

    /** Layer Patch operations (§11). */
    List<Map<String, Object>> changes(List<ConversationChange> changes) {
        return changes.stream().flatMap(change -> change(change).stream()).toList();
    }

    private List<Map<String, Object>> change(ConversationChange change) {
        return switch (change) {
            case ConversationChange.SetMetadata set -> List.of(operation("set", metadata(set.path()), set.value()));
            case ConversationChange.SetName set -> List.of(operation("set", "name", set.name()));
            case ConversationChange.DeleteMetadata delete ->
                List.of(Map.of("operation", "delete", "property", metadata(delete.path())));
            case ConversationChange.AddParticipant add ->
                List.of(operation("add", "participants", user(add.person().userId())));
            case ConversationChange.RemoveParticipant remove ->
                List.of(operation("remove", "participants", user(remove.user())));
            case ConversationChange.SetParticipants set ->
                List.of(operation(
                        "set",
                        "participants",
                        set.users().stream().map(this::user).toList()));
        };
    }

    /** A recipient's status moved on. */
    List<Map<String, Object>> changes(String user, ReceiptStatus status) {
        return List.of(operation("set", "recipient_status." + user(user), status.wire()));
    }

    private static Map<String, Object> operation(String operation, String property, Object value) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("operation", operation);
        json.put("property", property);
        json.put("value", value);
        return json;
    }

    private static String metadata(List<String> path) {
        return path.isEmpty() ? "metadata" : "metadata." + String.join(".", path);
    }

    private String user(String user) {
        return layer1 ? UserId.given(user) : LayerId.identity(user);
    }

    private Map<String, Object> sender(Person sender) {
        if (!layer1) {
            return identity(sender);
        }
        boolean nameOnly = UserId.isNameOnly(sender.userId());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("user_id", nameOnly ? null : UserId.given(sender.userId()));
        json.put("name", nameOnly ? sender.displayName() : null);
        return json;
    }

    private Map<String, Object> identity(Person person) {
        String given = UserId.given(person.userId());
        Map<String, Object> json =
                reference(LayerId.identity(person.userId()), base + "/users/" + LayerId.encode(given) + "/identity");
        json.put("user_id", given);
        json.put("display_name", person.displayName());
        json.put("avatar_url", person.avatarUrl().isEmpty() ? null : person.avatarUrl());
        return json;
    }

    private Map<String, Object> part(Message message, int index) {
        Part part = message.parts().get(index);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", LayerId.message(message.id()) + "/parts/" + (layer3 ? part.id() : Integer.toString(index)));
        json.put("mime_type", part.mimeType());
        if (part.body() != null) {
            json.put("body", part.body());
        }
        if (part.encoding() != null) {
            json.put("encoding", part.encoding());
        }
        Content content = part.content();
        if (content != null) {
            String url = containerUrl(message.conversationId()) + "/content/" + content.id();
            json.put(
                    "content", Map.of("id", LayerId.content(content.id()), "refresh_url", url, "size", content.size()));
        }
        json.put("size", part.size());
        return json;
    }

    private String containerUrl(String id) {
        return base + (ContainerId.isChannel(id) ? "/channels/" : "/conversations/") + ContainerId.uuid(id);
    }

    private String messageUrl(String id, String conversation) {
        return containerUrl(conversation) + "/messages/" + id;
    }

    private static Map<String, Object> reference(String id, String url) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("url", url);
        return json;
    }
}
