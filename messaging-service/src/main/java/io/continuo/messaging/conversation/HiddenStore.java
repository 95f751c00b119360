package io.continuo.messaging.conversation;

import io.continuo.common.bus.Partitions;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.messaging.conversation.MessageStore.Place;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that single users are not to see though others do: {@code …:hidden:<user>}, a sorted set of positions, and
 * {@code …:hiddenFrom}, a set of those users, both beside their conversation.
 */
public final class HiddenStore {
    private final RedisLink redis;
    private final Partitions partitions;

    public HiddenStore(RedisLink redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /** Hides a message from {@code users}; may be repeated. */
    public Future<Void> hide(Place place, List<String> users) {
        int partition = partitions.of(place.conversation());
        List<Request> requests = new ArrayList<>(users.size() + 1);
        Request from = Request.cmd(Command.SADD).arg(Keys.hiddenFrom(partition, place.conversation()));
        for (String user : users) {
            from.arg(user);
            requests.add(Request.cmd(Command.ZADD)
                    .arg(Keys.hidden(partition, place.conversation(), user))
                    .arg(place.position())
                    .arg(place.position()));
        }
        requests.add(from);
        return redis.batch(requests).mapEmpty();
    }

    /** How many messages of each of {@code conversations} are hidden from {@code user}, in their order. */
    Future<List<Integer>> counts(String user, List<String> conversations) {
        if (conversations.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return redis.batch(conversations.stream()
                        .map(id -> Request.cmd(Command.ZCARD).arg(Keys.hidden(partitions.of(id), id, user)))
                        .toList())
                .map(answers -> answers.stream()
                        .map(answer -> Objects.requireNonNull(answer).toInteger())
                        .toList());
    }

    /** The positions from {@code oldest} to {@code newest} that are hidden from {@code user}. */
    Future<Set<Long>> between(String user, String conversation, long oldest, long newest) {
        Request range = Request.cmd(Command.ZRANGE)
                .arg(Keys.hidden(partitions.of(conversation), conversation, user))
                .arg(oldest)
                .arg(newest)
                .arg("BYSCORE");
        return redis.send(range).map(answer -> {
            Set<Long> positions = new HashSet<>();
            answer.forEach(position -> positions.add(position.toLong()));
            return positions;
        });
    }

    Future<Boolean> isHidden(String user, Place place) {
        return between(user, place.conversation(), place.position(), place.position())
                .map(found -> !found.isEmpty());
    }

    /** From whom a message is hidden. */
    public Future<Set<String>> hiddenFrom(Place place) {
        int partition = partitions.of(place.conversation());
        return users(place.conversation())
                .compose(users -> users.isEmpty()
                        ? Future.succeededFuture(Set.of())
                        : redis.batch(users.stream()
                                        .map(user -> Request.cmd(Command.ZSCORE)
                                                .arg(Keys.hidden(partition, place.conversation(), user))
                                                .arg(place.position()))
                                        .toList())
                                .map(scores -> those(users, scores)));
    }

    private static Set<String> those(List<String> users, List<@Nullable Response> scores) {
        Set<String> found = new HashSet<>();
        for (int i = 0; i < users.size(); i++) {
            if (scores.get(i) != null) {
                found.add(users.get(i));
            }
        }
        return found;
    }

    /** Forgets a deleted message; may be repeated. */
    public Future<Void> purge(Place place) {
        int partition = partitions.of(place.conversation());
        return users(place.conversation())
                .compose(users -> users.isEmpty()
                        ? Future.succeededFuture()
                        : redis.batch(users.stream()
                                        .map(user -> Request.cmd(Command.ZREM)
                                                .arg(Keys.hidden(partition, place.conversation(), user))
                                                .arg(place.position()))
                                        .toList())
                                .mapEmpty());
    }

    /** Forgets a deleted conversation; may be repeated. */
    public Future<Void> purge(String conversation) {
        int partition = partitions.of(conversation);
        return users(conversation).compose(users -> {
            Request unlink = Request.cmd(Command.UNLINK);
            users.forEach(user -> unlink.arg(Keys.hidden(partition, conversation, user)));
            return redis.send(unlink.arg(Keys.hiddenFrom(partition, conversation)))
                    .mapEmpty();
        });
    }

    private Future<List<String>> users(String conversation) {
        return redis.send(Request.cmd(Command.SMEMBERS).arg(Keys.hiddenFrom(partitions.of(conversation), conversation)))
                .map(answer -> answer.stream().map(Response::toString).toList());
    }
}
