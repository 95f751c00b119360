package io.continuo.messaging.identity;

import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What users change of themselves, numbered, in Redis, in the user's own slot: {@code {u:<user>}:changes} is a stream, an
 * entry's id is {@code <number>-0}, its one field the kind of the change and what it is. It is kept somewhat longer than
 * histories. The number of the newest is the field {@code changes} of the client hash, and stays.
 */
public final class UserChangeStore {
    private static final int MOST_KEPT = 10_000;

    private static final Script SAVE = Script.load(UserChangeStore.class, "user_change.lua", "save_identity.lua");
    private static final Script FOLLOW = Script.load(UserChangeStore.class, "user_change.lua", "follow.lua");

    private static final Script MARK = Script.load(UserChangeStore.class, "user_change.lua", "mark_announcement.lua");

    private final RedisLink redis;
    private final Duration keep;

    /** @param retention of histories */
    public UserChangeStore(RedisLink redis, Duration retention) {
        this.redis = redis;
        this.keep = retention.multipliedBy(3).dividedBy(2);
    }

    /** Something that a user has changed. */
    public sealed interface Change {
        record Profile(List<IdentityChange> changes) implements Change {}

        record ProfileDeleted() implements Change {}

        record Followed(String other) implements Change {}

        record Unfollowed(String other) implements Change {}

        record AnnouncementMarked(String announcement, ReceiptStatus status) implements Change {}

        record AnnouncementDismissed(String announcement) implements Change {}
    }

    /**
     * @param number of the user's newest change; 0 for none
     * @param identity empty when there is none
     */
    record Profile(long number, Optional<Identity> identity) {}

    /** The number is read first: what is saved on the strength of a profile that is newer than it is refused. */
    Future<Profile> read(String user) {
        Request number = Request.cmd(Command.HGET).arg(Keys.client(user)).arg("changes");
        Request identity = Request.cmd(Command.HGETALL).arg(Keys.identity(user));
        return redis.batch(List.of(number, identity)).map(answers -> {
            Response known = answers.get(0);
            Response fields = Objects.requireNonNull(answers.get(1));
            return new Profile(
                    known == null ? 0 : known.toLong(),
                    fields.size() == 0 ? Optional.empty() : Optional.of(StoredIdentity.read(user, fields)));
        });
    }

    /**
     * Puts {@code identity} in the place of what was read.
     *
     * @param changes what makes it differ
     * @return the number of the change; empty when something of the user has changed since {@code number}
     */
    Future<Optional<Long>> save(long number, Identity identity, List<IdentityChange> changes) {
        Map<String, String> fields = StoredIdentity.fields(identity);
        List<Object> args = new ArrayList<>(List.of(number, "profile", IdentitySteps.text(changes)));
        args.addAll(List.of(MOST_KEPT, keep.toMillis()));
        fields.forEach((field, value) -> args.addAll(List.of(field, value)));
        return save(identity.person().userId(), args);
    }

    /** Takes a profile away; as {@link #save}. */
    Future<Optional<Long>> delete(long number, String user) {
        return save(user, List.of(number, "deleted", "", MOST_KEPT, keep.toMillis()));
    }

    private Future<Optional<Long>> save(String user, List<Object> args) {
        List<String> keys = List.of(Keys.identity(user), Keys.client(user), Keys.userChanges(user));
        return redis.run(SAVE, keys, args.toArray())
                .map(answer -> answer.toLong() < 0 ? Optional.empty() : Optional.of(answer.toLong()));
    }

    /**
     * {@code user} follows {@code others}, or does so no more.
     *
     * @return the number of the user's newest change, this or an earlier one
     */
    Future<Long> follow(String user, List<String> others, boolean follow) {
        List<String> keys = List.of(Keys.following(user), Keys.client(user), Keys.userChanges(user));
        List<Object> args = new ArrayList<>(List.of(follow ? "follow" : "unfollow", MOST_KEPT, keep.toMillis()));
        args.addAll(others);
        return redis.run(FOLLOW, keys, args.toArray()).map(Response::toLong);
    }

    /**
     * Moves {@code user}'s status of an announcement forward.
     *
     * @return the number of the user's newest change, this or an earlier one; empty when there is no such announcement
     */
    public Future<Optional<Long>> mark(String user, String announcement, ReceiptStatus status) {
        return announcement(user, announcement, status.name());
    }

    /** Takes an announcement away from {@code user}; as {@link #mark}. */
    public Future<Optional<Long>> dismiss(String user, String announcement) {
        return announcement(user, announcement, "");
    }

    private Future<Optional<Long>> announcement(String user, String announcement, String status) {
        List<String> keys = List.of(
                Keys.announcements(user), Keys.announcementReceipts(user), Keys.client(user), Keys.userChanges(user));
        return redis.run(MARK, keys, announcement, status, MOST_KEPT, keep.toMillis())
                .map(answer -> answer.toLong() < 0 ? Optional.empty() : Optional.of(answer.toLong()));
    }

    /** A change by the user it is of and its number. */
    public record Place(String user, long number) {}

    /** The changes at {@code places}; those that are older than what is kept are left out. */
    public Future<Map<Place, Change>> read(List<Place> places) {
        if (places.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        List<Request> requests = places.stream()
                .map(place -> Request.cmd(Command.XRANGE)
                        .arg(Keys.userChanges(place.user))
                        .arg(place.number + "-0")
                        .arg(place.number + "-0"))
                .toList();
        return redis.batch(requests).map(answers -> {
            Map<Place, Change> read = new HashMap<>();
            for (int i = 0; i < places.size(); i++) {
                Response entries = answers.get(i);
                if (entries != null && entries.size() > 0) {
                    read.put(places.get(i), change(entries.get(0).get(1)));
                }
            }
            return read;
        });
    }

    private static Change change(Response fields) {
        String what = fields.get(1).toString();
        return switch (fields.get(0).toString()) {
            case "profile" -> new Change.Profile(IdentitySteps.read(what));
            case "deleted" -> new Change.ProfileDeleted();
            case "follow" -> new Change.Followed(what);
            case "unfollow" -> new Change.Unfollowed(what);
            case "received" -> new Change.AnnouncementMarked(what, ReceiptStatus.DELIVERED);
            case "read" -> new Change.AnnouncementMarked(what, ReceiptStatus.READ);
            case "dismissed" -> new Change.AnnouncementDismissed(what);
            default -> throw new IllegalArgumentException("Not a change: " + fields);
        };
    }
}
