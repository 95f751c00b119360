package io.continuo.presence.status;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.common.redis.Watchers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Puts users among the {@link Watchers} of all whom they follow, and takes them out again. One who comes back within the
 * lease costs nothing; else it is a command for each user followed, some hundred at a time. Who begins to follow somebody
 * later is put there by the messaging service, along with the rest of that.
 */
final class Enrolment {
    /** Renewed when only this much is left of a lease, in milliseconds. */
    static final long RENEW_MS = Watchers.LEASE_MS / 4;

    private static final int AT_ONCE = 500;
    private static final Script ENROLLED = Script.load(Enrolment.class, "enrolled.lua");
    private static final Script RETIRE = Script.load(Enrolment.class, "retire.lua");
    private static final Script UNWATCH = Script.load(Enrolment.class, "unwatch.lua");

    private final RedisLink redis;

    Enrolment(RedisLink redis) {
        this.redis = redis;
    }

    Future<Void> prepare() {
        return redis.prepare(UNWATCH);
    }

    /** Completes when {@code user} stands among the watchers of all followed, with the end of the lease. */
    Future<Long> enrol(String user, long now) {
        long until = now + Watchers.LEASE_MS;
        return all(user, followed -> Watchers.add(followed, until, List.of(user)))
                .compose(done -> redis.run(ENROLLED, List.of(Keys.presence(user)), until))
                .map(until);
    }

    /** Takes out a user who has not watched for {@code lingerMs}. */
    Future<Void> retire(String user, long lingerMs) {
        return redis.run(RETIRE, List.of(Keys.presence(user)), lingerMs)
                .map(answer -> Objects.requireNonNull(answer).toLong())
                .compose(now -> now == 0
                        ? Future.succeededFuture()
                        : all(user, followed -> remove(followed, user, now + Watchers.LEASE_MS)));
    }

    /** Takes {@code watcher} from among those of {@code user} unless put there with a lease that ends later. */
    static Request remove(String user, String watcher, long endsBefore) {
        return RedisLink.call(UNWATCH, List.of(Keys.watchers(user)), watcher, endsBefore);
    }

    private Future<Void> all(String user, Function<String, Request> change) {
        return redis.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.following(user))
                        .arg(0)
                        .arg(-1))
                .compose(answer -> all(
                        Objects.requireNonNull(answer).stream()
                                .map(Response::toString)
                                .toList(),
                        0,
                        change));
    }

    private Future<Void> all(List<String> followed, int from, Function<String, Request> change) {
        int to = Math.min(from + AT_ONCE, followed.size());
        return from == to
                ? Future.succeededFuture()
                : redis.batch(followed.subList(from, to).stream().map(change).toList())
                        .compose(done -> all(followed, to, change));
    }
}
