package io.continuo.common.redis;

import io.continuo.common.settings.RedisSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipelined connection to Redis that comes back by itself. While Redis is away every call fails at once with
 * {@link RedisDown}: nothing is queued.
 *
 * <p>Threading: belongs to the event loop that opened it.
 */
public final class RedisLink {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final long FIRST_RETRY_MS = 50;
    private static final long LAST_RETRY_MS = 2_000;

    private final Vertx vertx;
    private final Redis client;
    private final List<Runnable> onUp = new ArrayList<>();
    private @Nullable RedisConnection connection;
    private boolean closed;

    private RedisLink(Vertx vertx, RedisSettings settings) {
        this.vertx = vertx;
        this.client = Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(settings.uri())
                        .setMaxWaitingHandlers(settings.maxPipelined())
                        .setMaxPoolSize(1)
                        .setMaxPoolWaiting(1));
    }

    /** Opens a link; fails when Redis cannot be reached now. */
    public static Future<RedisLink> open(Vertx vertx, RedisSettings settings) {
        RedisLink link = new RedisLink(vertx, settings);
        return link.connect().map(link);
    }

    /** Runs {@code action} after each time the connection has come back. */
    public void onReconnect(Runnable action) {
        onUp.add(action);
    }

    /** Sends one command. */
    public Future<@Nullable Response> send(Request request) {
        RedisConnection current = connection;
        return current == null
                ? Future.failedFuture(down())
                : current.send(request).recover(RedisLink::lossAsDown);
    }

    /** Sends several commands in one write; the answers come in their order. Fails as a whole if one of them fails. */
    public Future<List<@Nullable Response>> batch(List<Request> requests) {
        RedisConnection current = connection;
        return current == null
                ? Future.failedFuture(down())
                : current.batch(requests).recover(RedisLink::lossAsDown);
    }

    /** The command that runs {@code script}; its arguments may be strings, numbers or bytes. */
    public static Request call(Script script, List<String> keys, Object... args) {
        return fill(Request.cmd(Command.EVALSHA).arg(script.sha()), keys, args);
    }

    /** Runs {@code script}; sends its source when Redis does not know it (any more). */
    public Future<@Nullable Response> run(Script script, List<String> keys, Object... args) {
        return send(call(script, keys, args))
                .recover(failure -> isUnknownScript(failure)
                        ? send(fill(Request.cmd(Command.EVAL).arg(script.source()), keys, args))
                        : Future.failedFuture(failure));
    }

    /** Makes Redis know {@code scripts}, now and after each reconnection, so that they can be called in a batch. */
    public Future<Void> prepare(Script... scripts) {
        Runnable load = () ->
                loadAll(scripts).onFailure(failure -> log.warn("Could not load scripts: {}", failure.getMessage()));
        onUp.addFirst(load);
        return loadAll(scripts);
    }

    /** Closes the link for good. */
    public Future<Void> close() {
        closed = true;
        connection = null;
        client.close();
        return Future.succeededFuture();
    }

    private Future<Void> loadAll(Script... scripts) {
        List<Request> loads = new ArrayList<>(scripts.length);
        for (Script script : scripts) {
            loads.add(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source()));
        }
        return batch(loads).mapEmpty();
    }

    private Future<Void> connect() {
        return client.connect().map(opened -> {
            connection = opened;
            opened.endHandler(end -> lost(opened));
            opened.exceptionHandler(failure -> {
                log.debug("Redis connection: {}", failure.getMessage());
                opened.close();
                lost(opened);
            });
            return null;
        });
    }

    private void lost(RedisConnection gone) {
        if (connection != gone || closed) {
            return;
        }
        connection = null;
        log.warn("Redis went away; trying again");
        retry(FIRST_RETRY_MS);
    }

    private void retry(long delayMs) {
        long jittered = delayMs / 2 + ThreadLocalRandom.current().nextLong(delayMs / 2 + 1);
        vertx.setTimer(jittered, timer -> {
            if (closed) {
                return;
            }
            connect()
                    .onSuccess(up -> {
                        log.info("Redis is back");
                        onUp.forEach(Runnable::run);
                    })
                    .onFailure(still -> retry(Math.min(delayMs * 2, LAST_RETRY_MS)));
        });
    }

    private static Request fill(Request request, List<String> keys, Object... args) {
        request.arg(keys.size());
        keys.forEach(request::arg);
        for (Object arg : args) {
            switch (arg) {
                case byte[] bytes -> request.arg(bytes);
                case Long number -> request.arg(number);
                case Integer number -> request.arg(number);
                default -> request.arg(arg.toString());
            }
        }
        return request;
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT");
    }

    /** What was on its way when the connection broke may have been done or not. */
    private static <T> Future<T> lossAsDown(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return Future.failedFuture(
                message.contains("CONNECTION_CLOSED") || message.contains("Connection is closed") ? down() : failure);
    }

    private static RedisDown down() {
        return new RedisDown("Redis is not reachable");
    }
}
