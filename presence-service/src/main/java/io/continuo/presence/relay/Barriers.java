package io.continuo.presence.relay;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who has blocked whom: neither sees of the other whether they are there or writing. */
public final class Barriers {
    /** A field that no client hash has. */
    static final String NONE = "";

    private final RedisLink redis;

    public Barriers(RedisLink redis) {
        this.redis = redis;
    }

    /** The field of the client hash of somebody who has blocked {@code user}. */
    static String field(String user) {
        return "b:" + user;
    }

    Future<List<String>> blockedBy(String user) {
        return redis.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.blocks(user))
                        .arg(0)
                        .arg(-1))
                .map(Barriers::texts);
    }

    /** Those of {@code others} whom {@code user} has blocked, or who have blocked {@code user}. */
    public Future<Set<String>> between(String user, List<String> others) {
        Future<List<String>> blocked = blockedBy(user);
        Future<List<@Nullable Response>> blocking = others.isEmpty()
                ? Future.succeededFuture(List.of())
                : redis.batch(others.stream()
                        .map(other -> Request.cmd(Command.HGET)
                                .arg(Keys.client(other))
                                .arg(field(user)))
                        .toList());
        return Future.all(blocked, blocking).map(found -> {
            Set<String> between = new HashSet<>(blocked.result());
            for (int i = 0; i < others.size(); i++) {
                if (blocking.result().get(i) != null) {
                    between.add(others.get(i));
                }
            }
            return between;
        });
    }

    private static List<String> texts(@Nullable Response list) {
        return list == null ? List.of() : list.stream().map(Response::toString).toList();
    }
}
