package io.continuo.messaging.identity;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.common.settings.AppSettings;
import io.continuo.common.settings.Apps;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/**
 * How long an app's sessions live: as its settings say, until its backend says otherwise. {@code {a:<tag>}:app} is a
 * hash with {@code ttl}, what the backend said last, and {@code longest}, the most it ever said; both in seconds.
 */
public final class SessionLife {
    private static final int SHORTEST = 30;
    private static final int LONGEST = 31_536_000;
    private static final Script SET = Script.load(SessionLife.class, "set_session_ttl.lua");

    private final RedisLink redis;
    private final Apps apps;

    public SessionLife(RedisLink redis, Apps apps) {
        this.redis = redis;
        this.apps = apps;
    }

    /** The life of a session that begins now, in seconds. */
    Future<Integer> of(String app) {
        return redis.send(Request.cmd(Command.HGET).arg(Keys.app(app)).arg("ttl"))
                .map(told -> told == null ? bySettings(app) : told.toInteger());
    }

    /** The longest life that a session of the app may have been given, in seconds. */
    Future<Integer> longest(String app) {
        return redis.send(Request.cmd(Command.HGET).arg(Keys.app(app)).arg("longest"))
                .map(told -> told == null ? bySettings(app) : Math.max(bySettings(app), told.toInteger()));
    }

    Future<Reply> set(String app, int seconds) {
        if (seconds < SHORTEST || seconds > LONGEST) {
            return Future.succeededFuture(Reply.Failure.ofProperty(
                    ErrorCode.INVALID_PROPERTY,
                    "session_ttl_in_seconds",
                    "session_ttl_in_seconds must be from " + SHORTEST + " to " + LONGEST + "."));
        }
        return redis.run(SET, List.of(Keys.app(app)), seconds).map(Reply.Done.INSTANCE);
    }

    private int bySettings(String app) {
        return apps.tagged(app).map(AppSettings::sessionTtlSeconds).orElse(SHORTEST);
    }
}
