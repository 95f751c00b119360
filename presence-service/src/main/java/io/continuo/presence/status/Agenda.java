package io.continuo.presence.status;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be looked after and when, in Redis ({@link Keys#presenceAgenda}), so that what one instance leaves undone
 * another one does. Times are Redis', in milliseconds since the epoch.
 */
final class Agenda {
    /** Until then whoever has taken something up should be through with it. */
    static final long AGAIN_MS = 2_000;

    private static final Script PLAN = Script.load(Agenda.class, "plan.lua");
    private static final Script TAKE = Script.load(Agenda.class, "take.lua");
    private static final Script FINISH = Script.load(Agenda.class, "finish.lua");
    private static final List<String> KEY = List.of(Keys.presenceAgenda());

    private final RedisLink redis;

    Agenda(RedisLink redis) {
        this.redis = redis;
    }

    Future<Void> prepare() {
        return redis.prepare(PLAN, TAKE, FINISH);
    }

    /** Has users looked after in a while at the latest; answered with the time. */
    Request plan(long inMs, List<String> users) {
        List<Object> args = new ArrayList<>(List.of(inMs));
        args.addAll(users);
        return RedisLink.call(PLAN, KEY, args.toArray());
    }

    /** @param again when they are due again */
    record Taken(long again, List<String> users) {}

    /** Takes some users that are due. */
    Future<Taken> take(int most) {
        return redis.run(TAKE, KEY, most, AGAIN_MS).map(Agenda::taken);
    }

    /**
     * A user has been looked after.
     *
     * @param planned for when that was planned
     * @param next when to do so again; 0 for never
     */
    record Finished(String user, long planned, long next) {}

    Future<Void> finish(List<Finished> finished) {
        if (finished.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Object> args = new ArrayList<>(finished.size() * 3);
        finished.forEach(one -> args.addAll(List.of(one.user(), one.planned(), one.next())));
        return redis.run(FINISH, KEY, args.toArray()).mapEmpty();
    }

    private static Taken taken(@Nullable Response answer) {
        List<String> words =
                Objects.requireNonNull(answer).stream().map(Response::toString).toList();
        return new Taken(Long.parseLong(words.getFirst()), words.subList(1, words.size()));
    }
}
