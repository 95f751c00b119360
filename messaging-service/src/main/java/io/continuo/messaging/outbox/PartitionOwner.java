package io.continuo.messaging.outbox;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the partitions among the living messaging instances. Each partition has a lease in Redis; which instance
 * should hold it follows from the list of instances alone, so nobody has to negotiate. Two owners for a moment do no
 * harm: a history takes a stamp only once.
 *
 * <p>Threading: lives on its verticle's event loop.
 */
final class PartitionOwner {
    private static final Logger log = LoggerFactory.getLogger(PartitionOwner.class);
    private static final long LEASE_MS = 6_000;
    private static final long RENEW_EVERY_MS = 500;
    /** Whose process is gone and who has not renewed anything for so long is not waited for. */
    private static final long SILENT_MS = 3 * RENEW_EVERY_MS;

    private static final Script RENEW = Script.load(PartitionOwner.class, "renew.lua");
    private static final Script RELEASE = Script.load(PartitionOwner.class, "release.lua");

    private final Vertx vertx;
    private final RedisLink redis;
    private final String instance;
    private final int partitions;
    private final IntConsumer onTaken;
    private final IntConsumer onLost;
    private final IntPredicate mayRelease;
    private final Predicate<String> gone;
    private final Set<Integer> owned = new HashSet<>();
    private long timer = -1;
    private boolean leaving;

    /**
     * @param instance unique among the living
     * @param mayRelease whether nothing is under way in a partition, so that it can go to another instance
     * @param gone whether the process of an instance has left the cluster, or is not heard
     */
    PartitionOwner(
            Vertx vertx,
            RedisLink redis,
            String instance,
            int partitions,
            IntConsumer onTaken,
            IntConsumer onLost,
            IntPredicate mayRelease,
            Predicate<String> gone) {
        this.vertx = vertx;
        this.redis = redis;
        this.instance = instance;
        this.partitions = partitions;
        this.onTaken = onTaken;
        this.onLost = onLost;
        this.mayRelease = mayRelease;
        this.gone = gone;
    }

    /** Takes this instance's share; ends when the first round is through. */
    Future<Void> start() {
        timer = vertx.setPeriodic(RENEW_EVERY_MS, tick -> round());
        return round();
    }

    /** Takes no more, so that the others see what will be theirs; what is owned stays so until it is released. */
    Future<Void> leave() {
        leaving = true;
        vertx.cancelTimer(timer);
        return redis.send(
                        Request.cmd(Command.ZREM).arg(Keys.messagingInstances()).arg(instance))
                .mapEmpty();
    }

    /** Gives all partitions back. */
    Future<Void> release() {
        return Future.join(List.copyOf(owned).stream().map(this::release).toList())
                .mapEmpty();
    }

    private Future<Void> round() {
        return instances()
                .compose(instances -> Future.join(share(instances)))
                .<Void>mapEmpty()
                .onFailure(failure -> log.debug("Could not renew partitions: {}", failure.getMessage()));
    }

    /**
     * @param living in the same order everywhere, this one included
     * @param dead may still have leases, which they will not renew
     */
    private record Instances(List<String> living, Set<String> dead) {}

    private Future<Instances> instances() {
        long now = System.currentTimeMillis();
        String key = Keys.messagingInstances();
        return redis.batch(List.of(
                        Request.cmd(Command.ZADD).arg(key).arg(now + LEASE_MS).arg(instance),
                        Request.cmd(Command.ZREMRANGEBYSCORE)
                                .arg(key)
                                .arg("-inf")
                                .arg(now - LEASE_MS),
                        Request.cmd(Command.ZRANGE)
                                .arg(key)
                                .arg(now)
                                .arg("+inf")
                                .arg("BYSCORE"),
                        Request.cmd(Command.ZRANGE)
                                .arg(key)
                                .arg(now)
                                .arg(now + LEASE_MS - SILENT_MS)
                                .arg("BYSCORE")))
                .map(answers -> {
                    Set<String> dead = names(answers.get(3)).filter(gone).collect(toUnmodifiableSet());
                    return new Instances(
                            names(answers.get(2))
                                    .filter(name -> !dead.contains(name))
                                    .sorted()
                                    .toList(),
                            dead);
                });
    }

    private static Stream<String> names(Response answer) {
        return answer.stream().map(Response::toString);
    }

    private List<Future<Void>> share(Instances instances) {
        List<Future<Void>> steps = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            boolean ours = rightful(partition, instances.living()).equals(instance);
            if (ours || (owned.contains(partition) && !mayRelease.test(partition))) {
                steps.add(renew(partition, instances.dead()));
            } else if (owned.contains(partition)) {
                steps.add(release(partition));
            }
        }
        return steps;
    }

    /** Rendezvous hashing: when an instance comes or goes, only its own share moves. */
    private static String rightful(int partition, List<String> living) {
        String best = living.getFirst();
        for (String candidate : living) {
            if (weight(partition, candidate) > weight(partition, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static int weight(int partition, String instance) {
        int hash = (instance + "/" + partition).hashCode() * 0x9E3779B1;
        return hash ^ (hash >>> 15);
    }

    private Future<Void> renew(int partition, Set<String> dead) {
        Stream<Object> arguments = Stream.concat(Stream.of(instance, LEASE_MS), dead.stream());
        return redis.run(RENEW, List.of(Keys.owner(partition)), arguments.toArray())
                .compose(answer -> {
                    boolean held = answer.toInteger() > 0;
                    if (held && leaving && !owned.contains(partition)) {
                        return release(partition);
                    }
                    if (held && owned.add(partition)) {
                        onTaken.accept(partition);
                    } else if (!held && owned.remove(partition)) {
                        onLost.accept(partition);
                    }
                    return Future.succeededFuture();
                });
    }

    private Future<Void> release(int partition) {
        owned.remove(partition);
        onLost.accept(partition);
        return redis.run(RELEASE, List.of(Keys.owner(partition)), instance).mapEmpty();
    }
}
