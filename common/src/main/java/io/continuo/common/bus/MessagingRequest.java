package io.continuo.common.bus;

/**
 * What a gateway or another service asks of the messaging service. Ids are bare UUIDs; users are user ids. Any instance can
 * answer; what is {@link InConversation} or {@link AboutUser}, the owner of the partition answers best.
 */
public sealed interface MessagingRequest extends BusMessage
        permits ConversationRequest,
                MessageRequest,
                UserRequest,
                AnnouncementRequest,
                SessionRequest,
                HistoryRequest,
                WebhookRequest,
                LoginRequest,
                InstanceRequest {

    /** A request about one conversation. */
    interface InConversation {
        String conversationId();
    }

    /** A request about one user and what is kept of them. */
    interface AboutUser {
        String user();
    }
}
