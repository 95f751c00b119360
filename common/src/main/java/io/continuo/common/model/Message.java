package io.continuo.common.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message (protocol/layer.md §10.3).
 *
 * @param id bare UUID
 * @param conversationId bare UUID
 * @param position place in the conversation; grows, steps by {@link #POSITION_STEP}
 * @param sentAt milliseconds since the epoch
 * @param recipients status by user id, the sender's included. In a large room only the sender and, in an answer to a
 *     reader, the reader are listed
 * @param updatedAt when its parts were last changed, milliseconds since the epoch; 0 when they are as they were sent
 * @param notification how its recipients are to be notified; null when nothing was said
 */
public record Message(
        String id,
        String conversationId,
        long position,
        Person sender,
        long sentAt,
        List<Part> parts,
        Map<String, ReceiptStatus> recipients,
        long updatedAt,
        @Nullable Notification notification) {

    /** The distance between the positions of two successive messages. */
    public static final int POSITION_STEP = 4096;

    public Message {
        parts = List.copyOf(parts);
        recipients = Map.copyOf(recipients);
    }

    /** A message that is as it was sent, and of whose notification nothing was said. */
    public Message(
            String id,
            String conversationId,
            long position,
            Person sender,
            long sentAt,
            List<Part> parts,
            Map<String, ReceiptStatus> recipients) {
        this(id, conversationId, position, sender, sentAt, parts, recipients, 0, null);
    }

    /** The same with other parts. */
    public Message with(List<Part> otherParts, long changedAt) {
        return new Message(
                id, conversationId, position, sender, sentAt, otherParts, recipients, changedAt, notification);
    }

    /** Whether {@code user} has still to read this message. */
    public boolean unreadBy(String user) {
        return !sender.userId().equals(user) && recipients.get(user) != ReceiptStatus.READ;
    }
}
