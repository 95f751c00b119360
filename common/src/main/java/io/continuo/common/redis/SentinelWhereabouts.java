package io.continuo.common.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sentinels tell where the primary is: the first that answers is believed, and whom it names must call itself a primary.
 * They are asked all the time, so that a primary that hangs, or does not know that it was demoted, is left too.
 */
final class SentinelWhereabouts implements Whereabouts {
    private static final long ASK_EVERY_MS = 1_000;
    private static final long PATIENCE_MS = 1_000;

    private final Vertx vertx;
    private final RedisAddress.Sentinels address;
    private final List<Redis> sentinels;
    private long timer = -1;
    private int favourite;

    /** @param sentinels a client for each */
    SentinelWhereabouts(Vertx vertx, RedisAddress.Sentinels address, List<Redis> sentinels) {
        this.vertx = vertx;
        this.address = address;
        this.sentinels = sentinels;
    }

    @Override
    public Future<String> find() {
        return ask(sentinels.size());
    }

    private Future<String> ask(int attempts) {
        Redis sentinel = sentinels.get(favourite);
        return sentinel.send(Request.cmd(Command.SENTINEL)
                        .arg("GET-MASTER-ADDR-BY-NAME")
                        .arg(address.name()))
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .map(answer -> {
                    if (answer == null) {
                        throw new RedisDown("The sentinels know no primary " + address.name());
                    }
                    return address.servers()
                            .uri(RedisAddress.HostPort.of(
                                    answer.get(0).toString(), answer.get(1).toInteger()));
                })
                .recover(silent -> {
                    favourite = (favourite + 1) % sentinels.size();
                    return attempts > 1 ? ask(attempts - 1) : Future.failedFuture(silent);
                });
    }

    @Override
    public Future<Void> check(RedisConnection opened) {
        return opened.send(Request.cmd(Command.ROLE))
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .compose(role -> role != null && role.get(0).toString().equals("master")
                        ? Future.succeededFuture()
                        : Future.failedFuture(new RedisDown("The sentinels name a server that is no primary")));
    }

    @Override
    public void watch(Consumer<String> onMove) {
        timer = vertx.setPeriodic(ASK_EVERY_MS, tick -> find().onSuccess(onMove::accept));
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        sentinels.forEach(Redis::close);
    }
}
