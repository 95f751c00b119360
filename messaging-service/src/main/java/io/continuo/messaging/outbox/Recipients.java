package io.continuo.messaging.outbox;

import io.continuo.common.event.Event;
import io.continuo.common.model.Announcement;
import io.continuo.messaging.announcement.AnnouncementStore;
import io.continuo.messaging.history.HistoryStore.Target;
import io.continuo.messaging.history.HistoryStore.Way;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Those whom an announcement is for. They may be very many, so they are told some at a time. */
public final class Recipients {
    private final AnnouncementStore announcements;

    public Recipients(AnnouncementStore announcements) {
        this.announcements = announcements;
    }

    /**
     * Ends when all recipients of an announcement have it; at once for other events.
     *
     * @param telling tells some of them
     */
    Future<Void> tell(Event event, Function<List<Target>, Future<Void>> telling) {
        return event instanceof Event.AnnouncementCreated created
                ? tell(created.announcement(), 0, telling)
                : Future.succeededFuture();
    }

    private Future<Void> tell(Announcement announcement, int from, Function<List<Target>, Future<Void>> telling) {
        return announcements.recipients(announcement.id(), from).compose(some -> {
            if (some.isEmpty()) {
                return announcements.forgetRecipients(announcement.id());
            }
            List<Target> targets =
                    some.stream().map(user -> new Target(user, Way.SIMPLE)).toList();
            return announcements
                    .list(announcement.id(), announcement.sentAt(), some)
                    .compose(listed -> telling.apply(targets))
                    .compose(told -> tell(announcement, from + some.size(), telling));
        });
    }
}
