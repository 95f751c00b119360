package io.continuo.messaging.identity;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RankedPage;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Watchers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who follows whom (protocol/layer.md §13.8), kept on both sides: {@code {u:<user>}:following}, a sorted set by the time
 * since when, and {@code {u:<user>}:followers}, a set; who follows stands among the {@link Watchers} too. A follow counts the same whether a user asked for it or a shared
 * conversation made it.
 */
public final class Relations {
    private static final int FOLLOWERS_AT_ONCE = 500;
    private static final String BEGINNING = "0";

    private final RedisLink redis;

    public Relations(RedisLink redis) {
        this.redis = redis;
    }

    /** Makes {@code users} follow each other, as those who share a conversation do; may be repeated. */
    public List<Request> followEachOther(List<String> users) {
        List<Request> requests = new ArrayList<>(users.size() * 3);
        long now = System.currentTimeMillis();
        for (String user : users) {
            Request following =
                    Request.cmd(Command.ZADD).arg(Keys.following(user)).arg("NX");
            Request followers = Request.cmd(Command.SADD).arg(Keys.followers(user));
            users.stream().filter(other -> !other.equals(user)).forEach(other -> {
                following.arg(now).arg(other);
                followers.arg(other);
            });
            requests.add(following);
            requests.add(followers);
            requests.add(Watchers.add(
                    user,
                    now + Watchers.LEASE_MS,
                    users.stream().filter(other -> !other.equals(user)).toList()));
        }
        return requests;
    }

    /** Notes with those whom {@code user} follows, or follows no more, that it is so; may be repeated. */
    Future<Void> tellFollowed(String user, List<String> others, boolean follow) {
        long until = System.currentTimeMillis() + Watchers.LEASE_MS;
        return redis.batch(others.stream()
                        .flatMap(other -> Stream.of(
                                Request.cmd(follow ? Command.SADD : Command.SREM)
                                        .arg(Keys.followers(other))
                                        .arg(user),
                                follow
                                        ? Watchers.add(other, until, List.of(user))
                                        : Watchers.remove(other, List.of(user))))
                        .toList())
                .mapEmpty();
    }

    /** Takes somebody out of the lists of {@code followers}; may be repeated. */
    public Future<Void> unlist(List<String> followers, String followed) {
        return redis.batch(followers.stream()
                        .map(follower -> Request.cmd(Command.ZREM)
                                .arg(Keys.following(follower))
                                .arg(followed))
                        .toList())
                .mapEmpty();
    }

    /** {@code followers} follow somebody no more; may be repeated. */
    public Future<Void> removeFollowers(String followed, List<String> followers) {
        Request remove = Request.cmd(Command.SREM).arg(Keys.followers(followed));
        followers.forEach(remove::arg);
        return redis.batch(List.of(remove, Watchers.remove(followed, followers)))
                .mapEmpty();
    }

    Future<Boolean> follows(String user, String other) {
        return redis.send(Request.cmd(Command.ZSCORE).arg(Keys.following(user)).arg(other))
                .map(Objects::nonNull);
    }

    /** Some of those whom a user follows, newest first; empty when {@code after} is not one of them. */
    Future<Optional<RankedPage>> following(String user, @Nullable String after, int limit) {
        return RankedPage.read(redis, Keys.following(user), after, limit);
    }

    /**
     * Some of a user's followers. While a set is gone through, others may come and go; who was there all the time is met,
     * perhaps twice.
     *
     * @param next where to go on
     */
    public record Followers(List<String> users, String next) {
        public boolean areLast() {
            return next.equals(BEGINNING);
        }
    }

    public Future<Followers> followers(String user) {
        return followers(user, BEGINNING);
    }

    /** @param cursor of the followers before */
    public Future<Followers> followers(String user, String cursor) {
        Request scan = Request.cmd(Command.SSCAN)
                .arg(Keys.followers(user))
                .arg(cursor)
                .arg("COUNT")
                .arg(FOLLOWERS_AT_ONCE);
        return redis.send(scan)
                .map(answer -> new Followers(
                        texts(answer.get(1)).stream().distinct().toList(),
                        answer.get(0).toString()));
    }

    private static List<String> texts(@Nullable Response list) {
        return list == null ? List.of() : list.stream().map(Response::toString).toList();
    }
}
