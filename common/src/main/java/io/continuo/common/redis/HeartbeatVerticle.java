package io.continuo.common.redis;

import io.continuo.common.settings.RedisSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody through Redis that a node lives: deployed once per process. Who is killed falls silent, and after
 * {@link #TTL_MS} counts as dead; who stops in order says so at once.
 */
public final class HeartbeatVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(HeartbeatVerticle.class);

    /** How long a node counts as alive after its last beat, in milliseconds. */
    public static final long TTL_MS = 7_000;

    private static final long INTERVAL_MS = 2_000;
    private static final int TRIES = 5;
    private static final long NEVER_NS = Duration.ofDays(1).toNanos();

    private final RedisSettings settings;
    private final MeterRegistry meters;
    private final String key;
    private @Nullable RedisLink link;
    private volatile long heardAt = System.nanoTime() - NEVER_NS;

    public HeartbeatVerticle(RedisSettings settings, String nodeId, MeterRegistry meters) {
        this.settings = settings;
        this.meters = meters;
        Gauge.builder("continuo.redis.up", this, beating -> beating.isHeard(Duration.ofSeconds(1)) ? 1 : 0)
                .description("1 while Redis takes the heartbeats of the process")
                .register(meters);
        this.key = Keys.node(nodeId);
    }

    /** Whether Redis has taken a beat and not kept silent since for longer than {@code patience}; for any thread. */
    public boolean isHeard(Duration patience) {
        return System.nanoTime() - heardAt <= patience.plusMillis(INTERVAL_MS).toNanos();
    }

    @Override
    public Future<?> start() {
        return open(TRIES).compose(opened -> {
            link = opened;
            opened.onReconnect(() -> beat(opened));
            vertx.setPeriodic(INTERVAL_MS, timer -> beat(opened));
            return beat(opened);
        });
    }

    /** The first link of the process: a machine that starts many of them at once may be too busy to make it in time. */
    private Future<RedisLink> open(int tries) {
        return RedisLink.open(vertx, settings, meters)
                .recover(failure -> failure instanceof TimeoutException && tries > 1
                        ? open(tries - 1)
                        : Future.failedFuture(failure));
    }

    @Override
    public Future<?> stop() {
        RedisLink current = link;
        return current == null
                ? Future.succeededFuture()
                : current.send(Request.cmd(Command.DEL).arg(key))
                        .eventually(current::close)
                        .otherwiseEmpty();
    }

    private Future<?> beat(RedisLink to) {
        return to.send(Request.cmd(Command.SET).arg(key).arg(1).arg("PX").arg(TTL_MS))
                .onSuccess(taken -> heardAt = System.nanoTime())
                .onFailure(failure -> log.debug("Heartbeat: {}", failure.getMessage()));
    }
}
