package io.continuo.presence.status;

import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Presence in Redis: {@link Keys#presence}, one hash per user, changed by scripts only, which tell what it is then. */
final class Standings {
    private static final Script ANNOUNCE = load("announce.lua");
    private static final Script WATCH = load("watch.lua");
    private static final Script LEAVE = load("leave.lua");
    private static final Script DROP = load("drop.lua");
    private static final Script RESTORE = load("restore.lua");
    private static final Script SETTLE = load("settle.lua");
    private static final Script LOOK = Script.load(Standings.class, "look.lua");
    private static final Script TOLD = Script.load(Standings.class, "told.lua");

    private final RedisLink redis;
    private final long graceMs;

    /** @param grace for how long a connection that has gone still counts */
    Standings(RedisLink redis, Duration grace) {
        this.redis = redis;
        this.graceMs = grace.toMillis();
    }

    private static Script load(String name) {
        return Script.load(Standings.class, "standing.lua", name);
    }

    /** To be called, and to be waited for, before anything else. */
    Future<Void> prepare() {
        return redis.prepare(ANNOUNCE, WATCH, LEAVE, DROP, RESTORE, SETTLE, LOOK, TOLD);
    }

    /**
     * @param now Redis time, milliseconds since the epoch
     * @param due when it changes by itself; 0 for never
     */
    record Settled(String user, Standing standing, long now, long due) {}

    /** @param status null for what the user chose last */
    Request announce(String user, String connection, String loop, @Nullable PresenceStatus status) {
        return call(ANNOUNCE, user, connection, loop, word(status));
    }

    Request watch(String user, String connection, String loop) {
        return call(WATCH, user, connection, loop);
    }

    Request leave(String user, String connection) {
        return call(LEAVE, user, connection);
    }

    /** Forgets connections that have gone with their node. */
    Request drop(String user, List<String> connections) {
        return call(DROP, user, connections.toArray());
    }

    Request restore(PresenceRequest.Stay stay, String loop) {
        String word = stay.announced() ? word(stay.status()) : "-";
        return call(RESTORE, stay.user(), stay.connection(), loop, word, stay.watching() ? 1 : 0);
    }

    Request settle(String user) {
        return call(SETTLE, user);
    }

    /** What one of these requests is answered. */
    static Settled settled(String user, @Nullable Response answer) {
        Response parts = Objects.requireNonNull(answer);
        return new Settled(
                user,
                Standing.of(parts.get(2)),
                parts.get(0).toLong(),
                parts.get(1).toLong());
    }

    /** What a script answered, as a number. */
    static long number(@Nullable Response answer) {
        return Objects.requireNonNull(answer).toLong();
    }

    /** Notes that everybody has been told of all of a user's changes up to {@code stamp}. */
    Request told(String user, long stamp) {
        return RedisLink.call(TOLD, List.of(Keys.presence(user)), stamp);
    }

    /** As they were brought up to date last, in the order of {@code users}. */
    Future<List<Standing>> look(List<String> users) {
        return redis.batch(users.stream()
                        .map(user -> RedisLink.call(LOOK, List.of(Keys.presence(user))))
                        .toList())
                .map(answers -> answers.stream().map(Standings::standing).toList());
    }

    private static Standing standing(@Nullable Response hash) {
        return Standing.of(Objects.requireNonNull(hash));
    }

    private Request call(Script script, String user, Object... args) {
        List<Object> all = new ArrayList<>(List.of(graceMs));
        all.addAll(List.of(args));
        return RedisLink.call(script, List.of(Keys.presence(user)), all.toArray());
    }

    private static String word(@Nullable PresenceStatus status) {
        return status == null ? "" : status.wire();
    }
}
