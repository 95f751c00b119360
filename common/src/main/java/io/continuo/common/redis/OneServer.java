package io.continuo.common.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipelined connection that comes back by itself, each time to the server that is then the right one. While there is
 * none every call fails at once with {@link RedisDown}. A server that says nothing any more, as one that hangs or a peer
 * that has vanished, is left too.
 */
final class OneServer implements Servers {
    private static final Logger log = LoggerFactory.getLogger(OneServer.class);
    private static final long FIRST_RETRY_MS = 50;
    private static final long LAST_RETRY_MS = 2_000;
    private static final long CONNECT_WITHIN_MS = 4_000;
    private static final long LOOK_EVERY_MS = 1_000;
    /** Less than a request waits for its answer on the bus. */
    private static final long MOST_SILENT_MS = 4_000;

    private final Vertx vertx;
    private final Function<String, Redis> clients;
    private final Whereabouts whereabouts;
    private final List<Runnable> onUp = new ArrayList<>();
    private final List<Script> scripts = new ArrayList<>();
    private @Nullable Redis client;
    private @Nullable RedisConnection connection;
    private Runnable onLost = () -> {};
    private final Confirmation confirmation = new Confirmation(this::send);
    private Unanswered unanswered = new Unanswered();
    private String uri = "";
    private boolean closed;
    private long watch = -1;

    /** @param clients makes a client for a URI */
    OneServer(Vertx vertx, Function<String, Redis> clients, Whereabouts whereabouts) {
        this.vertx = vertx;
        this.clients = clients;
        this.whereabouts = whereabouts;
    }

    @Override
    public Future<Void> open() {
        return connect().onSuccess(open -> whereabouts.watch(this::moved));
    }

    /** Connects as soon as that is possible, however long it takes. */
    void openSometime() {
        open().onFailure(away -> retry(FIRST_RETRY_MS));
    }

    /** Runs {@code action} each time the connection is lost. */
    void onLost(Runnable action) {
        onLost = action;
    }

    boolean isUp() {
        return connection != null;
    }

    @Override
    public void onReconnect(Runnable action) {
        onUp.add(action);
    }

    @Override
    public Future<@Nullable Response> send(Request request) {
        RedisConnection current = connection;
        return current == null
                ? Future.failedFuture(RedisFailures.down())
                : unanswered.add(current.send(request)).recover(failure -> failed(current, failure));
    }

    @Override
    public Future<List<@Nullable Response>> batch(List<Request> requests) {
        RedisConnection current = connection;
        return current == null
                ? Future.failedFuture(RedisFailures.down())
                : unanswered.add(current.batch(requests)).recover(failure -> failed(current, failure));
    }

    @Override
    public Future<Void> confirm(int replicas, int ms) {
        return confirmation.of(replicas, ms);
    }

    @Override
    public Future<Void> prepare(List<Script> more) {
        scripts.addAll(more);
        return batch(loads(more)).mapEmpty();
    }

    @Override
    public void close() {
        closed = true;
        connection = null;
        vertx.cancelTimer(watch);
        unanswered.abandon(RedisFailures.down());
        whereabouts.close();
        if (client != null) {
            client.close();
        }
    }

    private <T> Future<T> failed(RedisConnection over, Throwable failure) {
        if (RedisFailures.isOfAReplica(failure)) {
            log.warn("{} is no longer the primary", Whereabouts.withoutLogin(uri));
            drop(over);
        }
        return Future.failedFuture(RedisFailures.known(failure));
    }

    private Future<Void> connect() {
        return whereabouts.find().compose(this::connect);
    }

    private Future<Void> connect(String where) {
        Redis current = client;
        if (current == null || !where.equals(uri)) {
            if (current != null) {
                current.close();
            }
            uri = where;
            current = clients.apply(where);
            client = current;
        }
        Redis asked = current;
        return asked.connect()
                .compose(opened -> whereabouts
                        .check(opened)
                        .compose(right -> scripts.isEmpty()
                                ? Future.succeededFuture()
                                : opened.batch(loads(scripts)).<Void>mapEmpty())
                        .onSuccess(ready -> adopt(opened))
                        .onFailure(wrong -> opened.close()))
                .timeout(CONNECT_WITHIN_MS, TimeUnit.MILLISECONDS)
                .onFailure(silent -> discard(asked));
    }

    /** Whatever is still on its way on it is not wanted any more. */
    private void discard(Redis silent) {
        if (client == silent && connection == null) {
            silent.close();
            client = null;
        }
    }

    private void adopt(RedisConnection opened) {
        if (closed) {
            opened.close();
            return;
        }
        connection = opened;
        unanswered = new Unanswered();
        if (watch < 0) {
            watch = vertx.setPeriodic(LOOK_EVERY_MS, tick -> look());
        }
        opened.endHandler(end -> lost(opened));
        opened.exceptionHandler(failure -> {
            log.debug("Redis connection: {}", failure.getMessage());
            drop(opened);
        });
        onUp.forEach(Runnable::run);
    }

    private void look() {
        RedisConnection current = connection;
        if (current == null) {
            return;
        }
        if (unanswered.silentMs() > MOST_SILENT_MS) {
            log.warn("{} does not answer", Whereabouts.withoutLogin(uri));
            drop(current);
        } else if (unanswered.isEmpty()) {
            send(Request.cmd(Command.PING));
        }
    }

    private void moved(String where) {
        RedisConnection current = connection;
        if (current != null && !where.equals(uri)) {
            log.info("Another Redis server is the primary now: {}", Whereabouts.withoutLogin(where));
            drop(current);
        }
    }

    /** Given back to its client, a connection would be used again. */
    private void drop(RedisConnection wrong) {
        Redis ofTheWrong = client;
        if (connection == wrong && ofTheWrong != null) {
            ofTheWrong.close();
            client = null;
        }
        lost(wrong);
    }

    private void lost(RedisConnection gone) {
        if (connection != gone || closed) {
            return;
        }
        connection = null;
        log.warn("Redis went away; trying again");
        unanswered.abandon(RedisFailures.down());
        onLost.run();
        retry(FIRST_RETRY_MS);
    }

    private void retry(long delayMs) {
        long jittered = delayMs / 2 + ThreadLocalRandom.current().nextLong(delayMs / 2 + 1);
        vertx.setTimer(jittered, timer -> {
            if (closed) {
                return;
            }
            connect().onSuccess(up -> log.info("Redis is back")).onFailure(still -> {
                log.debug("Redis: {}", still.getMessage());
                retry(Math.min(delayMs * 2, LAST_RETRY_MS));
            });
        });
    }

    private static List<Request> loads(List<Script> scripts) {
        return scripts.stream()
                .map(script -> Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source()))
                .toList();
    }
}
