package io.continuo.common.model;

import java.util.List;
import java.util.Map;

/**
 * A message (protocol/layer.md §10.3).
 *
 * @param id bare UUID
 * @param conversationId bare UUID
 * @param position place in the conversation; grows, steps by {@link #POSITION_STEP}
 * @param sentAt milliseconds since the epoch
 * @param recipients status by user id, the sender's included. In a large room only the sender and, in an answer to a
 *     reader, the reader are listed
 */
public record Message(
        String id,
        String conversationId,
        long position,
        Person sender,
        long sentAt,
        List<Part> parts,
        Map<String, ReceiptStatus> recipients) {

    /** The distance between the positions of two successive messages. */
    public static final int POSITION_STEP = 4096;

    public Message {
        parts = List.copyOf(parts);
        recipients = Map.copyOf(recipients);
    }

    /** Whether {@code user} has still to read this message. */
    public boolean unreadBy(String user) {
        return !sender.userId().equals(user) && recipients.get(user) != ReceiptStatus.READ;
    }
}
