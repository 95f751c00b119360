package io.continuo.presence.status;

import io.continuo.common.event.PresenceStatus;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Presence in Redis: {@link Keys#presence}, one hash per user, changed by scripts only. */
final class Standings {
    private static final Script ANNOUNCE = Script.load(Standings.class, "announce.lua");
    private static final Script LEAVE = Script.load(Standings.class, "leave.lua");
    private static final Script LOOK = Script.load(Standings.class, "look.lua");
    private static final Script PUBLISH = Script.load(Standings.class, "publish.lua");

    private final RedisLink redis;

    Standings(RedisLink redis) {
        this.redis = redis;
    }

    /** To be called, and to be waited for, before anything else. */
    Future<Void> prepare() {
        return redis.prepare(LOOK);
    }

    /** @param status null for what the user chose last */
    Future<Standing> announce(String user, String connection, String loop, @Nullable PresenceStatus status) {
        String word = status == null ? "" : status.wire();
        return redis.run(ANNOUNCE, key(user), connection, loop, word).map(Standings::standing);
    }

    Future<Standing> leave(String user, String connection) {
        return redis.run(LEAVE, key(user), connection).map(Standings::standing);
    }

    /** In the order of {@code users}. */
    Future<List<Standing>> look(List<String> users) {
        return redis.batch(users.stream()
                        .map(user -> RedisLink.call(LOOK, key(user)))
                        .toList())
                .map(answers -> answers.stream().map(Standings::standing).toList());
    }

    /**
     * Notes what is shown from now on and forgets {@code dead} connections; false when a connection of the user has come,
     * spoken or gone since {@code seenSo} was read.
     */
    Future<Boolean> publish(
            String user, Standing seenSo, PresenceStatus status, @Nullable Long seen, List<String> dead) {
        List<Object> args =
                new ArrayList<>(List.of(seenSo.version(), status.wire(), seen == null ? "" : seen, seenSo.now()));
        args.addAll(dead);
        return redis.run(PUBLISH, key(user), args.toArray())
                .map(noted -> Objects.requireNonNull(noted).toInteger() == 1);
    }

    private static List<String> key(String user) {
        return List.of(Keys.presence(user));
    }

    private static Standing standing(@Nullable Response answer) {
        return Standing.of(Objects.requireNonNull(answer));
    }
}
