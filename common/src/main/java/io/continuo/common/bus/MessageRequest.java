package io.continuo.common.bus;

import io.continuo.common.model.Notification;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartEdit;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked about messages, their parts and their content. */
public sealed interface MessageRequest extends MessagingRequest {

    /**
     * Answered by {@link Reply.MessageFound} (§7.3).
     *
     * @param messageId chosen by the client, or fresh
     * @param notification null when the client says nothing of how to notify
     */
    record CreateMessage(
            String user,
            String conversationId,
            String messageId,
            List<Part> parts,
            @Nullable Notification notification) implements MessageRequest, InConversation {

        /** Says nothing of how to notify. */
        public CreateMessage(String user, String conversationId, String messageId, List<Part> parts) {
            this(user, conversationId, messageId, parts, null);
        }

        /** The same with other parts. */
        public CreateMessage with(List<Part> otherParts) {
            return new CreateMessage(user, conversationId, messageId, otherParts, notification);
        }
    }

    /**
     * A backend has somebody of its app say something, whether or not they take part; answered as {@code message} (§14.1).
     *
     * @param message of the one who is to be the sender
     */
    record CreateMessageFor(String backend, CreateMessage message) implements MessageRequest, InConversation {
        @Override
        public String conversationId() {
            return message.conversationId();
        }
    }

    /**
     * Sends a message after a while (§14.1); answered by {@link Reply.MessageFound}, a message that has no position yet
     * and whose {@code sentAt} is when it will be sent.
     *
     * @param user who asks: the sender, or a backend as for {@link CreateMessageFor}
     * @param delaySeconds 1 to 300
     * @param typingSeconds for how long before that its sender is seen typing; 0 for not at all
     */
    record ScheduleMessage(String user, CreateMessage message, int delaySeconds, int typingSeconds)
            implements MessageRequest, InConversation {
        @Override
        public String conversationId() {
            return message.conversationId();
        }

        /** What is to be done when its time has come. */
        public MessagingRequest due() {
            return UserId.isBackend(user) ? new CreateMessageFor(user, message) : message;
        }
    }

    /** Answered by {@link Reply.MessageFound}. */
    record GetMessage(String user, String messageId) implements MessageRequest {}

    /** Answered by {@link Reply.MessagePage}, newest first. */
    record ListMessages(
            String user,
            String conversationId,
            int pageSize,
            @Nullable String after) implements MessageRequest, InConversation {}

    /** Moves {@code user}'s status of a message forward; answered by {@link Reply.Done} (§13.5). */
    record MarkMessage(String user, String messageId, ReceiptStatus status) implements MessageRequest {}

    /** Takes a message out of {@code user}'s sight; answered by {@link Reply.Done} (§8.4, §13.5). */
    record HideMessage(String user, String messageId) implements MessageRequest {}

    /** Deletes a message for everyone; answered by {@link Reply.Done} (§8.4, §13.5). */
    record DeleteMessage(String user, String messageId) implements MessageRequest {}

    /** The same for a client that names no mode, as it does in channels; elsewhere it has to (§13.9). */
    record DeleteChannelMessage(String user, String messageId) implements MessageRequest {}

    /**
     * Changes a part of a message that was sent; for the message's sender and the app's backend. Answered by
     * {@link Reply.PartFound}, or by {@link Reply.Done} when the part is gone (§14.1).
     */
    record ChangePart(String user, String messageId, PartEdit edit) implements MessageRequest {}

    /** Answered by {@link Reply.PartFound}; {@code part} is a bare UUID or an index in digits. */
    record GetPart(String user, String messageId, String part) implements MessageRequest {}

    /** Answered by {@link Reply.PartsFound}. */
    record ListParts(String user, String messageId) implements MessageRequest {}

    /**
     * Content is about to be uploaded; {@link Reply.Done} (§13.6).
     *
     * @param size bytes; 0 when nobody said
     */
    record AnnounceContent(String user, String contentId, String type, long size) implements MessageRequest {}

    /** The bytes of announced content are there; {@link Reply.Done}. */
    record ContentUploaded(String contentId, long size) implements MessageRequest {}

    /** Answered by {@link Reply.ContentFound} to who uploaded it, or sees a message that uses it. */
    record GetContent(String user, String contentId) implements MessageRequest {}
}
