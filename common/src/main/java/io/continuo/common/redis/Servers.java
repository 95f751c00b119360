package io.continuo.common.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The servers that make up a Redis, however many: see {@link RedisLink}, whose methods these are. */
sealed interface Servers permits OneServer, SlotServers {

    /** Connects; fails when that is not possible now. */
    Future<Void> open();

    Future<@Nullable Response> send(Request request);

    Future<List<@Nullable Response>> batch(List<Request> requests);

    /** Ends when so many replicas of every server have what was written and answered until now; fails after {@code ms}. */
    Future<Void> confirm(int replicas, int ms);

    /** Makes every server know {@code scripts}, now and whenever it is connected to. */
    Future<Void> prepare(List<Script> scripts);

    /** Runs {@code action} whenever a connection has come up, before anything is sent over it. */
    void onReconnect(Runnable action);

    void close();
}
