package io.continuo.common.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Collection;

/**
 * Who is perhaps watching a user's presence ({@link Keys#watchers}): more may stand there than do watch, but nobody who
 * follows and watches is missing. Who stands there has a lease, which the presence service renews for those who watch;
 * whom it finds there in vain it takes out.
 */
public final class Watchers {
    /** For how long somebody stands there, in milliseconds. */
    public static final long LEASE_MS = 3_600_000;

    private Watchers() {}

    /** Puts {@code watchers} among those of {@code user}; never shortens a lease. */
    public static Request add(String user, long untilMs, Collection<String> watchers) {
        Request add = Request.cmd(Command.ZADD).arg(Keys.watchers(user)).arg("GT");
        watchers.forEach(watcher -> add.arg(untilMs).arg(watcher));
        return add;
    }

    /** Takes {@code watchers} from among those of {@code user}. */
    public static Request remove(String user, Collection<String> watchers) {
        Request remove = Request.cmd(Command.ZREM).arg(Keys.watchers(user));
        watchers.forEach(remove::arg);
        return remove;
    }
}
