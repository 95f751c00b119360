package io.continuo.messaging.conversation;

import io.continuo.common.bus.Partitions;
import io.continuo.common.model.Channel;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What channels have and conversations have not: names, and members who are asked for one by one or in pages. Everything
 * else of them is where conversations are; see {@link ConversationStore}. Nothing here reads all members of a channel but
 * {@link #members}.
 */
public final class ChannelStore {
    private final RedisLink redis;
    private final Partitions partitions;

    public ChannelStore(RedisLink redis, Partitions partitions) {
        this.redis = redis;
        this.partitions = partitions;
    }

    /** Reads several channels, in their order; those that do not exist are left out. */
    public Future<List<Channel>> read(List<String> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = ids.stream()
                .map(id -> Request.cmd(Command.HMGET)
                        .arg(Keys.conversation(partitions.of(id), id))
                        .arg("name")
                        .arg("creator")
                        .arg("created")
                        .arg("metadata"))
                .toList();
        return redis.batch(requests).map(answers -> {
            List<Channel> channels = new ArrayList<>(ids.size());
            for (int i = 0; i < ids.size(); i++) {
                channel(ids.get(i), answers.get(i)).ifPresent(channels::add);
            }
            return channels;
        });
    }

    public Future<Optional<Channel>> read(String id) {
        return read(List.of(id)).map(read -> read.stream().findFirst());
    }

    private static Optional<Channel> channel(String id, Response fields) {
        Response name = fields.get(0);
        Response metadata = fields.get(3);
        return name == null
                ? Optional.empty()
                : Optional.of(new Channel(
                        id,
                        name.toString(),
                        fields.get(1).toString(),
                        fields.get(2).toLong(),
                        metadata == null ? null : StoredJson.map(metadata.toString())));
    }

    /** Since when {@code user} is a member of several channels, in their order; empty where they are not. */
    Future<List<Optional<Long>>> joined(String user, List<String> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Request> requests = ids.stream()
                .map(id -> Request.cmd(Command.HGET)
                        .arg(Keys.participants(partitions.of(id), id))
                        .arg(user))
                .toList();
        return redis.batch(requests)
                .map(answers -> answers.stream()
                        .map(joined -> Optional.ofNullable(joined).map(Response::toLong))
                        .toList());
    }

    Future<Optional<Long>> joined(String user, String id) {
        return joined(user, List.of(id)).map(List::getFirst);
    }

    /** A member and since when they are one, in milliseconds since the epoch. */
    record Joined(String user, long at) {}

    /** All members, the newest first. */
    Future<List<Joined>> members(String id) {
        return redis.send(Request.cmd(Command.HGETALL).arg(Keys.participants(partitions.of(id), id)))
                .map(answer -> answer.getKeys().stream()
                        .map(user -> new Joined(user, answer.get(user).toLong()))
                        .sorted(Comparator.comparingLong(Joined::at).reversed().thenComparing(Joined::user))
                        .toList());
    }

    /** The channel that has a name, which may not be created yet. */
    Future<Optional<String>> named(String digest) {
        return redis.send(Request.cmd(Command.GET).arg(Keys.distinct(digest)))
                .map(id -> Optional.ofNullable(id).map(Response::toString));
    }

    /** A user's channels, the newest first. */
    Future<List<String>> idsOf(String user) {
        return redis.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.channels(user))
                        .arg(0)
                        .arg(-1)
                        .arg("REV"))
                .map(answer -> answer.stream().map(Response::toString).toList());
    }

    /** How many messages a channel holds. */
    Future<Integer> messages(String id) {
        return redis.send(Request.cmd(Command.HGET)
                        .arg(Keys.conversation(partitions.of(id), id))
                        .arg("count"))
                .map(ChannelStore::number);
    }

    private static int number(@Nullable Response answer) {
        return answer == null ? 0 : answer.toInteger();
    }
}
