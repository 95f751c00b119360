package io.continuo.presence.status;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which nodes live: those whose {@link io.continuo.common.redis.HeartbeatVerticle} is in Redis. */
final class Nodes {
    private final RedisLink redis;

    Nodes(RedisLink redis) {
        this.redis = redis;
    }

    /** Those nodes that live, of all that hold a connection of these users. */
    Future<Set<String>> living(List<Standing> standings) {
        List<String> nodes = standings.stream()
                .flatMap(standing -> standing.connections().stream())
                .map(Standing.Connection::node)
                .distinct()
                .toList();
        if (nodes.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        List<Request> questions = nodes.stream()
                .map(node -> Request.cmd(Command.EXISTS).arg(Keys.node(node)))
                .toList();
        return redis.batch(questions).map(answers -> {
            Set<String> living = new HashSet<>();
            for (int i = 0; i < answers.size(); i++) {
                Response exists = answers.get(i);
                if (exists != null && exists.toInteger() == 1) {
                    living.add(nodes.get(i));
                }
            }
            return living;
        });
    }
}
