package io.continuo.common.bus;

import io.continuo.common.model.Part;
import io.continuo.common.model.ReceiptStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked about announcements (protocol/layer.md §13.7). */
public sealed interface AnnouncementRequest extends MessagingRequest {

    /**
     * Tells some users something, for the app's backend; answered by {@link Reply.Done} when it is stored (§14.1).
     *
     * @param announcementId chosen by the backend, or fresh
     * @param sender a user, or a name alone
     */
    record CreateAnnouncement(
            String user, String announcementId, String sender, List<String> recipients, List<Part> parts)
            implements AnnouncementRequest {
        public CreateAnnouncement {
            recipients = List.copyOf(recipients);
            parts = List.copyOf(parts);
        }
    }

    /** Answered by {@link Reply.AnnouncementFound} (§13.7). */
    record GetAnnouncement(String user, String announcementId) implements AnnouncementRequest {}

    /** Answered by {@link Reply.AnnouncementPage}, newest first (§13.7). */
    record ListAnnouncements(
            String user, int pageSize, @Nullable String after) implements AnnouncementRequest {}

    /** Moves {@code user}'s status of an announcement forward; {@link Reply.Done} (§13.7). */
    record MarkAnnouncement(String user, String announcementId, ReceiptStatus status)
            implements AnnouncementRequest, AboutUser {}

    /** Takes an announcement away from {@code user} alone; {@link Reply.Done} (§13.7). */
    record DeleteAnnouncement(String user, String announcementId) implements AnnouncementRequest, AboutUser {}
}
