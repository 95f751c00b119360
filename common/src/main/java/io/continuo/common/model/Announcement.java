package io.continuo.common.model;

import java.util.List;

/**
 * What an app tells its users, as one of them sees it (protocol/layer.md §10.6): a message that is in no conversation.
 *
 * @param id bare UUID
 * @param position grows with time
 * @param sentAt milliseconds since the epoch
 * @param status how far it has come with the user
 */
public record Announcement(
        String id, long position, Person sender, long sentAt, List<Part> parts, ReceiptStatus status) {
    public Announcement {
        parts = List.copyOf(parts);
    }
}
