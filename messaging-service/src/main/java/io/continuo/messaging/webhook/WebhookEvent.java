package io.continuo.messaging.webhook;

import io.continuo.common.model.WebhookVersion;
import java.util.Arrays;

/** What webhooks can be told of, and its name in each version (protocol/layer.md §14.2). */
enum WebhookEvent {
    MESSAGE_SENT("message.sent", "Message.created"),
    MESSAGE_DELIVERED("message.delivered", "Message.updated"),
    MESSAGE_READ("message.read", "Message.updated"),
    MESSAGE_DELETED("message.deleted", "Message.deleted"),
    CONVERSATION_CREATED("conversation.created", "Conversation.created"),
    PARTICIPANTS_UPDATED("conversation.updated.participants", "Conversation.updated"),
    METADATA_UPDATED("conversation.updated.metadata", "Conversation.updated"),
    CONVERSATION_DELETED("conversation.deleted", "Conversation.deleted");

    private final String name;
    private final String name3;

    WebhookEvent(String name, String name3) {
        this.name = name;
        this.name3 = name3;
    }

    /** The name in {@code version}. */
    String in(WebhookVersion version) {
        return switch (version) {
            case V1, V2 -> name;
            case V3 -> name3;
        };
    }

    static boolean isName(String name, WebhookVersion version) {
        return Arrays.stream(values()).anyMatch(event -> event.in(version).equals(name));
    }
}
