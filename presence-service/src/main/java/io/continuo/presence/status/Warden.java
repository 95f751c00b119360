package io.continuo.presence.status;

import io.continuo.common.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a gateway has died, and lets its connections go. Every instance looks; one of them does it, and if that
 * one dies too the next one goes on with what is left.
 *
 * <p>A node is believed dead when its heartbeat has been missing for a while in a Redis that answers as it should: where
 * Redis itself was away, the heartbeats may have gone with it.
 *
 * <p>Threading: belongs to one event loop.
 */
final class Warden {
    private static final Logger log = LoggerFactory.getLogger(Warden.class);
    private static final int CONNECTIONS_AT_ONCE = 250;
    private static final long CLAIM_MS = 1_000;
    private static final long PROMPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RedisLink redis;
    private final NodeIndex index;
    private final Standings standings;
    private final Agenda agenda;
    private final Care care;
    private final Pace pace;
    private final String instance = UUID.randomUUID().toString();
    private final Map<String, Long> silentSince = new HashMap<>();
    private Set<String> registered = Set.of();
    private long trustAgain = System.nanoTime();

    Warden(RedisLink redis, NodeIndex index, Standings standings, Agenda agenda, Care care, Pace pace) {
        this.redis = redis;
        this.index = index;
        this.standings = standings;
        this.agenda = agenda;
        this.care = care;
        this.pace = pace;
        redis.onReconnect(this::distrust);
    }

    /** The nodes that hold connections, as of the last look. */
    Set<String> registered() {
        return registered;
    }

    /** Looks once; completes when what it found is done. */
    Future<Void> look() {
        long asked = System.nanoTime();
        return index.nodes()
                .compose(nodes -> index.silent(nodes).compose(silent -> {
                    registered = Set.copyOf(nodes);
                    return judge(silent, asked);
                }))
                .onFailure(failure -> distrust());
    }

    private Future<Void> judge(List<String> silent, long asked) {
        long now = System.nanoTime();
        if (now - asked > PROMPT_NANOS) {
            distrust();
        }
        silentSince.keySet().retainAll(silent);
        silent.forEach(node -> silentSince.putIfAbsent(node, now));
        if (now - trustAgain < 0) {
            return Future.succeededFuture();
        }
        Future<Void> done = Future.succeededFuture();
        for (String node : silent) {
            if (now - silentSince.getOrDefault(node, now) >= pace.silence().toNanos()) {
                done = done.compose(before -> bury(node));
            }
        }
        return done;
    }

    private void distrust() {
        trustAgain = System.nanoTime() + pace.quiet().toNanos();
        silentSince.clear();
    }

    /** Lets all connections of a dead node go, some at a time, as long as nobody else does. */
    private Future<Void> bury(String node) {
        return index.claim(node, instance, CLAIM_MS)
                .compose(mine -> mine
                        ? index.some(node, CONNECTIONS_AT_ONCE).compose(some -> bury(node, some))
                        : Future.succeededFuture());
    }

    private Future<Void> bury(String node, List<NodeIndex.Entry> some) {
        if (some.isEmpty()) {
            log.info("Node {} has died; nobody is connected to it any more", node);
            return index.forget(node);
        }
        Map<String, List<String>> byUser = new HashMap<>();
        some.forEach(entry -> byUser.computeIfAbsent(entry.user(), first -> new ArrayList<>(1))
                .add(entry.connection()));
        List<String> users = List.copyOf(byUser.keySet());
        List<Request> requests = new ArrayList<>(users.size() + 1);
        requests.add(agenda.plan(Agenda.AGAIN_MS, users));
        users.forEach(user -> requests.add(standings.drop(user, byUser.getOrDefault(user, List.of()))));
        return redis.batch(requests)
                .compose(answers -> {
                    List<Standings.Settled> settled = new ArrayList<>(users.size());
                    for (int i = 0; i < users.size(); i++) {
                        settled.add(Standings.settled(users.get(i), answers.get(i + 1)));
                    }
                    return care.takeCare(settled, Standings.number(answers.getFirst()));
                })
                .compose(done -> index.remove(
                        node, some.stream().map(NodeIndex.Entry::connection).toList()))
                .compose(removed -> bury(node));
    }
}
