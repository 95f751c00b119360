package io.continuo.common.redis;

import io.continuo.common.redis.RedisAddress.HostPort;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Which primary has which slots, as the nodes of a Redis Cluster tell it. */
final class SlotMap {
    private static final long PATIENCE_MS = 1_000;

    private final Function<String, Redis> clients;
    private final RedisAddress.Cluster address;
    private final Map<HostPort, Redis> asked = new HashMap<>();
    private int turn;

    SlotMap(Function<String, Redis> clients, RedisAddress.Cluster address) {
        this.clients = clients;
        this.address = address;
    }

    /** The slots {@code first} to {@code last}. */
    record Range(int first, int last, HostPort primary) {}

    /** Asks one after another, each time another first, until one answers. */
    Future<List<Range>> read(Collection<HostPort> known) {
        List<HostPort> nodes = new ArrayList<>(known);
        address.seeds().stream().filter(seed -> !known.contains(seed)).forEach(nodes::add);
        asked.entrySet().removeIf(entry -> {
            boolean forgotten = !nodes.contains(entry.getKey());
            if (forgotten) {
                entry.getValue().close();
            }
            return forgotten;
        });
        turn++;
        return ask(nodes, 0);
    }

    private Future<List<Range>> ask(List<HostPort> nodes, int attempt) {
        HostPort node = nodes.get((turn + attempt) % nodes.size());
        return asked.computeIfAbsent(
                        node, place -> clients.apply(address.servers().uri(place)))
                .send(Request.cmd(Command.CLUSTER).arg("SLOTS"))
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .map(slots -> ranges(slots, node))
                .recover(silent -> attempt + 1 < nodes.size() ? ask(nodes, attempt + 1) : Future.failedFuture(silent));
    }

    /** A node that does not know its own address leaves it out. */
    private static List<Range> ranges(Response slots, HostPort asked) {
        List<Range> ranges = new ArrayList<>();
        for (Response slot : slots) {
            Response host = slot.get(2).get(0);
            int port = slot.get(2).get(1).toInteger();
            HostPort primary = host == null || host.toString().isEmpty()
                    ? new HostPort(asked.host(), port)
                    : HostPort.of(host.toString(), port);
            ranges.add(new Range(slot.get(0).toInteger(), slot.get(1).toInteger(), primary));
        }
        if (ranges.isEmpty()) {
            throw new RedisDown("The Redis Cluster has no slots");
        }
        return ranges;
    }

    void close() {
        asked.values().forEach(Redis::close);
    }
}
