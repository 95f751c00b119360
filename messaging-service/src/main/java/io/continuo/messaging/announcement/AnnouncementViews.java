package io.continuo.messaging.announcement;

import io.continuo.common.model.Announcement;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.messaging.announcement.AnnouncementStore.Stored;
import io.continuo.messaging.identity.Identities;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Makes announcements of what is stored: as they were made, or as one user sees them now. */
public final class AnnouncementViews {
    private final AnnouncementStore store;
    private final Identities identities;

    public AnnouncementViews(AnnouncementStore store, Identities identities) {
        this.store = store;
        this.identities = identities;
    }

    /** Those of {@code ids} that exist, in their order, before anybody has received them. */
    public Future<List<Announcement>> asMade(List<String> ids) {
        return store.read(ids)
                .compose(stored -> views(
                        stored, stored.stream().map(one -> ReceiptStatus.SENT).toList()));
    }

    /** Those of {@code ids} that exist, in their order. */
    Future<List<Announcement>> asSeenBy(String user, List<String> ids) {
        return store.read(ids)
                .compose(stored -> store.statuses(
                                user, stored.stream().map(Stored::id).toList())
                        .compose(statuses -> views(stored, statuses)));
    }

    private Future<List<Announcement>> views(List<Stored> stored, List<ReceiptStatus> statuses) {
        return identities.people(stored.stream().map(Stored::sender).toList()).map(senders -> {
            List<Announcement> views = new ArrayList<>(stored.size());
            for (int i = 0; i < stored.size(); i++) {
                Stored one = stored.get(i);
                // The time stands for a position: it grows too, and nobody counts announcements.
                views.add(new Announcement(
                        one.id(), one.sentAt(), senders.get(i), one.sentAt(), one.parts(), statuses.get(i)));
            }
            return views;
        });
    }
}
