package io.continuo.messaging.announcement;

import static io.continuo.common.bus.ErrorCode.ID_IN_USE;
import static io.continuo.common.bus.ErrorCode.NOT_FOUND;

import io.continuo.common.bus.AnnouncementRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.Announcement;
import io.continuo.messaging.history.HistoryStore;
import io.continuo.messaging.identity.UserChangeStore;
import io.continuo.messaging.outbox.Outbox;
import io.continuo.messaging.outbox.UserOutbox;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** How apps tell their users something, and what users do with it (protocol/layer.md §13.7, §14.1). */
public final class Announcements {
    private static final Reply UNKNOWN = Reply.Failure.of(NOT_FOUND, "There is no such announcement.");

    private final AnnouncementStore store;
    private final UserChangeStore changes;
    private final AnnouncementViews views;
    private final HistoryStore history;
    private final Outbox outbox;
    private final UserOutbox userOutbox;

    public Announcements(
            AnnouncementStore store,
            UserChangeStore changes,
            AnnouncementViews views,
            HistoryStore history,
            Outbox outbox,
            UserOutbox userOutbox) {
        this.store = store;
        this.changes = changes;
        this.views = views;
        this.history = history;
        this.outbox = outbox;
        this.userOutbox = userOutbox;
    }

    /** Answers as soon as it is stored; it reaches the recipients right after. */
    public Future<Reply> create(AnnouncementRequest.CreateAnnouncement request) {
        List<String> recipients = request.recipients().stream().distinct().toList();
        return store.create(request.announcementId(), request.sender(), recipients, request.parts())
                .map(accepted -> {
                    if (accepted.isEmpty()) {
                        return Reply.Failure.of(ID_IN_USE, "An announcement with this id exists.");
                    }
                    outbox.accepted(accepted.get());
                    return Reply.Done.INSTANCE;
                });
    }

    public Future<Reply> get(AnnouncementRequest.GetAnnouncement request) {
        return history.tail(request.user())
                .compose(tail -> store.has(request.user(), request.announcementId())
                        .compose(has -> has
                                ? views.asSeenBy(request.user(), List.of(request.announcementId()))
                                : Future.succeededFuture(List.<Announcement>of()))
                        .map(found -> found.isEmpty() ? UNKNOWN : new Reply.AnnouncementFound(found.getFirst(), tail)));
    }

    public Future<Reply> list(AnnouncementRequest.ListAnnouncements request) {
        return history.tail(request.user())
                .compose(tail -> store.page(request.user(), request.after(), request.pageSize())
                        .compose(page -> page.isEmpty()
                                ? Future.succeededFuture(UNKNOWN)
                                : views.asSeenBy(request.user(), page.get().members())
                                        .map(found -> new Reply.AnnouncementPage(
                                                found, page.get().total(), tail))));
    }

    public Future<Reply> mark(AnnouncementRequest.MarkAnnouncement request) {
        return changes.mark(request.user(), request.announcementId(), request.status())
                .compose(number -> tell(request.user(), number));
    }

    public Future<Reply> delete(AnnouncementRequest.DeleteAnnouncement request) {
        return changes.dismiss(request.user(), request.announcementId())
                .compose(number -> tell(request.user(), number));
    }

    private Future<Reply> tell(String user, Optional<Long> number) {
        return number.isEmpty()
                ? Future.succeededFuture(UNKNOWN)
                : userOutbox.announce(user, number.get()).map(Reply.Done.INSTANCE);
    }
}
