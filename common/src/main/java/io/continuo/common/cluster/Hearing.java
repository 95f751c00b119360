package io.continuo.common.cluster;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Standstill;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.shareddata.Shareable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the cluster's nodes this one hears. Each beats over the bus, once a second. One that hangs, whose machine is gone
 * or to which the link is broken falls silent long before the cluster gives it up, if it ever does; whoever beats again is
 * heard at once. One that never beat, such as an older version, is never silent.
 *
 * <p>Threading: {@link #isSilent} and {@link #heard} are for all threads, the rest belongs to one event loop.
 */
final class Hearing implements Shareable {
    static final long BEAT_EVERY_MS = 1_000;
    /** How long one that did beat must have kept quiet to be silent. */
    static final long SILENT_AFTER_MS = 3 * BEAT_EVERY_MS;

    private static final Logger log = LoggerFactory.getLogger(Hearing.class);
    private static final long LOOK_EVERY_MS = 250;

    private final Map<String, Long> beatAtMs = new ConcurrentHashMap<>();
    private volatile Set<String> silent = Set.of();
    private final Standstill standstill;

    Hearing(long nowMs) {
        standstill = new Standstill(nowMs);
    }

    Hearing() {
        this(now());
    }

    /** Beats and listens from now on; ends when this node can be heard. */
    Future<Void> start(Vertx vertx, String node, Supplier<Set<String>> nodes) {
        // Whoever calls may be on any thread; all of this is to be on one loop.
        return Future.future(reachable -> vertx.getOrCreateContext().runOnContext(now -> {
            MessageConsumer<String> beats =
                    vertx.eventBus().consumer(Addresses.BEATS, beat -> beat(beat.body(), now()));
            vertx.setPeriodic(LOOK_EVERY_MS, tick -> look(nodes.get(), now()));
            vertx.setPeriodic(0, BEAT_EVERY_MS, tick -> vertx.eventBus().publish(Addresses.BEATS, node));
            beats.completion().onComplete(reachable);
        }));
    }

    void beat(String node, long nowMs) {
        beatAtMs.put(node, nowMs);
        if (silent.contains(node)) {
            log.info("Node {} is heard again", node);
            silent = silent.stream().filter(one -> !one.equals(node)).collect(toUnmodifiableSet());
        }
    }

    /** @param nodes those in the cluster, this one included */
    void look(Set<String> nodes, long nowMs) {
        if (standstill.isCatchingUp(nowMs)) {
            // What the others have said meanwhile is still to be read.
            beatAtMs.replaceAll((node, atMs) -> nowMs);
        }
        beatAtMs.keySet().retainAll(nodes);
        Set<String> before = silent;
        silent = beatAtMs.entrySet().stream()
                .filter(beat -> nowMs - beat.getValue() > SILENT_AFTER_MS)
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
        silent.stream()
                .filter(node -> !before.contains(node))
                .forEach(node -> log.warn("Node {} is silent, others are asked in its stead", node));
    }

    /** Whether a node of the cluster has beaten before and does not any more. */
    boolean isSilent(String node) {
        return silent.contains(node);
    }

    /** Whether anybody is silent. */
    boolean isAnySilent() {
        return !silent.isEmpty();
    }

    /** Those of {@code nodes} who are not silent. */
    Set<String> heard(Set<String> nodes) {
        Set<String> quiet = silent;
        return quiet.isEmpty()
                ? nodes
                : nodes.stream().filter(node -> !quiet.contains(node)).collect(toUnmodifiableSet());
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
