package io.continuo.messaging.outbox;

import io.continuo.common.event.Event;
import io.continuo.messaging.history.HistoryStore.Target;
import io.continuo.messaging.history.HistoryStore.Way;
import io.continuo.messaging.identity.Relations;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Those whom a change of somebody's profile concerns. They may be very many, so they are told some at a time. */
public final class Followers {
    private final Relations relations;

    public Followers(Relations relations) {
        this.relations = relations;
    }

    /**
     * Ends when all followers of a user whose profile {@code event} is about have been told; at once for other events.
     *
     * @param telling tells some of them
     */
    Future<Void> tell(Event event, Function<List<Target>, Future<Void>> telling) {
        return switch (event) {
            case Event.IdentityChanged changed ->
                relations.followers(changed.user()).compose(some -> tell(changed.user(), some, telling, false));
            case Event.IdentityDeleted deleted ->
                relations.followers(deleted.user()).compose(some -> tell(deleted.user(), some, telling, true));
            case Event.ConversationCreated other -> Future.succeededFuture();
            case Event.ConversationReturned other -> Future.succeededFuture();
            case Event.ConversationChanged other -> Future.succeededFuture();
            case Event.ConversationDeleted other -> Future.succeededFuture();
            case Event.ChannelCreated other -> Future.succeededFuture();
            case Event.MembershipCreated other -> Future.succeededFuture();
            case Event.MembershipDeleted other -> Future.succeededFuture();
            case Event.MessageCreated other -> Future.succeededFuture();
            case Event.MessageDeleted other -> Future.succeededFuture();
            case Event.PartChanged other -> Future.succeededFuture();
            case Event.ReceiptChanged other -> Future.succeededFuture();
            case Event.AllRead other -> Future.succeededFuture();
            case Event.Followed other -> Future.succeededFuture();
            case Event.Unfollowed other -> Future.succeededFuture();
            case Event.AnnouncementCreated other -> Future.succeededFuture();
            case Event.AnnouncementMarked other -> Future.succeededFuture();
            case Event.AnnouncementDeleted other -> Future.succeededFuture();
            case Event.ChangesLost other -> Future.succeededFuture();
            case Event.CanarySang other -> Future.succeededFuture();
        };
    }

    private Future<Void> tell(
            String user, Relations.Followers some, Function<List<Target>, Future<Void>> telling, boolean gone) {
        List<Target> targets = some.users().stream()
                .map(follower -> new Target(follower, Way.SIMPLE))
                .toList();
        Future<Void> told = targets.isEmpty()
                ? Future.succeededFuture()
                : gone ? letGo(user, some.users(), () -> telling.apply(targets)) : telling.apply(targets);
        return told.compose(done -> some.areLast()
                ? Future.succeededFuture()
                : relations.followers(user, some.next()).compose(next -> tell(user, next, telling, gone)));
    }

    /** Nobody follows who is gone. They are forgotten as followers last, so that a repetition finds them. */
    private Future<Void> letGo(String user, List<String> followers, Supplier<Future<Void>> telling) {
        return relations
                .unlist(followers, user)
                .compose(unlisted -> telling.get())
                .compose(told -> relations.removeFollowers(user, followers));
    }
}
