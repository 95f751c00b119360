package io.continuo.common.cluster;

import io.continuo.common.redis.HeartbeatVerticle;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.settings.RedisSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out that the others go on without this process: it stood still until they gave it up, or a part of the network
 * fell away. Such a process must not go on as if nothing had happened, since nobody reaches it; it is to leave and to come
 * back as a new one. Redis, which all sides reach, tells a split from a death.
 *
 * <p>Threading: lives on its event loop.
 */
public final class SplitWatch extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(SplitWatch.class);
    private static final long EVERY_MS = 1_000;

    private final RedisSettings settings;
    private final Supplier<Set<String>> seen;
    private final Runnable onSplit;
    private final Missing missing = new Missing();
    private @Nullable RedisLink link;
    private long lastLookNs = System.nanoTime();
    private boolean told;

    /**
     * @param seen the nodes that this process sees in the cluster, its own included
     * @param onSplit called once, on the event loop, when this process is on the side that has to yield
     */
    public SplitWatch(RedisSettings settings, Supplier<Set<String>> seen, Runnable onSplit) {
        this.settings = settings;
        this.seen = seen;
        this.onSplit = onSplit;
    }

    @Override
    public Future<?> start() {
        return RedisLink.open(vertx, settings).onSuccess(opened -> {
            link = opened;
            lastLookNs = System.nanoTime();
            vertx.setPeriodic(EVERY_MS, timer -> look(opened));
        });
    }

    @Override
    public Future<?> stop() {
        RedisLink current = link;
        return current == null
                ? Future.succeededFuture()
                : Future.succeededFuture().eventually(current::close);
    }

    private void look(RedisLink redis) {
        long nowNs = System.nanoTime();
        long stoodStillSeconds = TimeUnit.NANOSECONDS.toSeconds(nowNs - lastLookNs);
        lastLookNs = nowNs;
        if (stoodStillSeconds >= ClusterBus.DEAD_AFTER_SECONDS && missing.seen() > 1) {
            tell("It stood still for " + stoodStillSeconds + " s");
            return;
        }
        long nowMs = TimeUnit.NANOSECONDS.toMillis(nowNs);
        missing.see(seen.get(), nowMs);
        List<String> gone = missing.all();
        if (!gone.isEmpty()) {
            beats(redis, gone)
                    .onSuccess(beats -> {
                        if (missing.areMore(beats, nowMs)) {
                            tell("It sees " + missing.seen() + " processes, and " + beats.size() + " others live");
                        }
                    })
                    .onFailure(failure -> log.debug("Hearts were not heard: {}", failure.getMessage()));
        }
    }

    private void tell(String why) {
        if (!told) {
            told = true;
            log.warn("{}: the others have gone on without this process", why);
            onSplit.run();
        }
    }

    /** How long ago the hearts of nodes beat, of those that live. */
    private static Future<Map<String, Long>> beats(RedisLink redis, List<String> nodes) {
        List<Request> questions = nodes.stream()
                .map(node -> Request.cmd(Command.PTTL).arg(Keys.node(node)))
                .toList();
        return redis.batch(questions).map(answers -> {
            Map<String, Long> beats = new HashMap<>();
            for (int i = 0; i < answers.size(); i++) {
                long left = answers.get(i).toLong();
                if (left > 0) {
                    beats.put(nodes.get(i), HeartbeatVerticle.TTL_MS - left);
                }
            }
            return beats;
        });
    }
}
