package io.continuo.messaging.identity;

import static io.continuo.common.bus.ErrorCode.NOT_FOUND;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.UserRequest;
import io.continuo.messaging.history.HistoryStore;
import io.continuo.messaging.outbox.UserOutbox;
import io.vertx.core.Future;
import java.util.List;

/** How users come to follow others, and whom they follow (protocol/layer.md §13.8). */
public final class Following {
    private static final Reply UNKNOWN = Reply.Failure.of(NOT_FOUND, "You do not follow this user.");
    private static final int AT_ONCE = 100;

    private final UserChangeStore store;
    private final Relations relations;
    private final Identities identities;
    private final HistoryStore history;
    private final UserOutbox outbox;

    public Following(
            UserChangeStore store,
            Relations relations,
            Identities identities,
            HistoryStore history,
            UserOutbox outbox) {
        this.store = store;
        this.relations = relations;
        this.identities = identities;
        this.history = history;
        this.outbox = outbox;
    }

    public Future<Reply> follow(UserRequest.Follow request) {
        List<String> others = request.others().stream()
                .filter(other -> !other.equals(request.user()))
                .distinct()
                .toList();
        return change(request.user(), others, true);
    }

    public Future<Reply> unfollow(UserRequest.Unfollow request) {
        return change(request.user(), List.of(request.other()), false);
    }

    /** Some at a time, each with all that belongs to it: who repeats what broke off repairs it. */
    private Future<Reply> change(String user, List<String> others, boolean follow) {
        if (others.isEmpty()) {
            return Future.succeededFuture(Reply.Done.INSTANCE);
        }
        List<String> some = others.subList(0, Math.min(AT_ONCE, others.size()));
        return store.follow(user, some, follow)
                .compose(number ->
                        relations.tellFollowed(user, some, follow).compose(told -> outbox.announce(user, number)))
                .compose(done -> change(user, others.subList(some.size(), others.size()), follow));
    }

    public Future<Reply> check(UserRequest.CheckFollowing request) {
        return relations
                .follows(request.user(), request.other())
                .map(follows -> follows ? Reply.Done.INSTANCE : UNKNOWN);
    }

    public Future<Reply> list(UserRequest.ListFollowing request) {
        return history.tail(request.user())
                .compose(tail -> relations
                        .following(request.user(), request.after(), request.pageSize())
                        .map(page -> page.<Reply>map(found -> new Reply.UserPage(found.members(), found.total(), tail))
                                .orElse(UNKNOWN)));
    }

    public Future<Reply> list(UserRequest.ListIdentities request) {
        return history.tail(request.user())
                .compose(tail -> relations
                        .following(request.user(), request.after(), request.pageSize())
                        .compose(page -> page.isEmpty()
                                ? Future.succeededFuture(UNKNOWN)
                                : identities
                                        .profiles(page.get().members())
                                        .map(profiles -> new Reply.IdentityPage(
                                                profiles, page.get().total(), tail))));
    }
}
