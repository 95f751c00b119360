package io.continuo.common.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of a sorted set, the highest scores first.
 *
 * @param total members of the whole set
 */
public record RankedPage(List<String> members, int total) {

    /**
     * Reads the page that begins behind {@code after}; empty when the set has no such member.
     *
     * @param after null for the first page
     */
    public static Future<Optional<RankedPage>> read(RedisLink redis, String key, @Nullable String after, int limit) {
        if (after == null) {
            return from(0, redis, key, limit);
        }
        return redis.send(Request.cmd(Command.ZREVRANK).arg(key).arg(after))
                .compose(rank -> rank == null
                        ? Future.succeededFuture(Optional.empty())
                        : from(rank.toLong() + 1, redis, key, limit));
    }

    private static Future<Optional<RankedPage>> from(long first, RedisLink redis, String key, int limit) {
        Request range = Request.cmd(Command.ZRANGE)
                .arg(key)
                .arg(first)
                .arg(first + limit - 1)
                .arg("REV");
        return redis.batch(List.of(range, Request.cmd(Command.ZCARD).arg(key)))
                .map(answers -> Optional.of(new RankedPage(
                        Objects.requireNonNull(answers.get(0)).stream()
                                .map(Response::toString)
                                .toList(),
                        Objects.requireNonNull(answers.get(1)).toInteger())));
    }
}
