package io.continuo.presence.status;

import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which connections a node holds: {@link Keys#presenceNodes}, the nodes that hold any, and {@link Keys#nodeConnections}
 * of each, so that whoever clears up after a dead node need not search.
 */
final class NodeIndex {
    private static final Script REGISTER = Script.load(NodeIndex.class, "register.lua");
    private static final Script SOME = Script.load(NodeIndex.class, "some.lua");
    private static final Script CLAIM = Script.load(NodeIndex.class, "claim.lua");

    private final RedisLink redis;

    NodeIndex(RedisLink redis) {
        this.redis = redis;
    }

    Future<Void> prepare() {
        return redis.prepare(REGISTER);
    }

    /** Registers a node; answered with the time since when it has been registered without a break. */
    Request register(String node) {
        return RedisLink.call(REGISTER, List.of(Keys.presenceNodes()), node);
    }

    Request add(String node, String connection, String user) {
        return Request.cmd(Command.HSET)
                .arg(Keys.nodeConnections(node))
                .arg(connection)
                .arg(user);
    }

    Future<Void> remove(String node, List<String> connections) {
        Request remove = Request.cmd(Command.HDEL).arg(Keys.nodeConnections(node));
        connections.forEach(remove::arg);
        return redis.send(remove).mapEmpty();
    }

    /** All that are registered. */
    Future<List<String>> nodes() {
        return redis.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.presenceNodes())
                        .arg(0)
                        .arg(-1))
                .map(answer -> Objects.requireNonNull(answer).stream()
                        .map(Response::toString)
                        .toList());
    }

    /** Those of {@code nodes} whose heartbeat is not there. */
    Future<List<String>> silent(List<String> nodes) {
        return nodes.isEmpty()
                ? Future.succeededFuture(List.of())
                : redis.batch(nodes.stream()
                                .map(node -> Request.cmd(Command.EXISTS).arg(Keys.node(node)))
                                .toList())
                        .map(answers -> IntStream.range(0, nodes.size())
                                .filter(i -> isNo(answers.get(i)))
                                .mapToObj(nodes::get)
                                .toList());
    }

    /** Whether {@code instance} may clear up after a node, for a while. */
    Future<Boolean> claim(String node, String instance, long forMs) {
        return redis.run(CLAIM, List.of(Keys.nodeClaim(node)), instance, forMs)
                .map(answer -> Objects.requireNonNull(answer).toInteger() == 1);
    }

    /** A connection and whose it is. */
    record Entry(String connection, String user) {}

    /** Some of a node's connections; none when there are none. */
    Future<List<Entry>> some(String node, int most) {
        return redis.run(SOME, List.of(Keys.nodeConnections(node)), most).map(NodeIndex::entries);
    }

    /** The node has nothing left. */
    Future<Void> forget(String node) {
        return redis.send(Request.cmd(Command.ZREM).arg(Keys.presenceNodes()).arg(node))
                .mapEmpty();
    }

    private static List<Entry> entries(@Nullable Response flat) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; flat != null && i < flat.size(); i += 2) {
            entries.add(new Entry(flat.get(i).toString(), flat.get(i + 1).toString()));
        }
        return entries;
    }

    private static boolean isNo(@Nullable Response exists) {
        return exists == null || exists.toInteger() == 0;
    }
}
