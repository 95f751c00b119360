package io.continuo.gateway.balance;

import io.continuo.common.bus.GatewayMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the other gateways have told of themselves lately. Time in nanoseconds. Belongs to one thread. */
final class Census {
    /** Who has told nothing for so long has gone. */
    private static final long FRESH_NS = 3_500_000_000L;

    private final String self;
    private final Map<String, Told> byNode = new HashMap<>();

    private record Told(int connections, boolean takesMore, long atNs) {}

    /** @param self the node whose own news do not matter */
    Census(String self) {
        this.self = self;
    }

    void note(GatewayMessage.Count count, long nowNs) {
        if (!count.node().equals(self)) {
            byNode.put(count.node(), new Told(count.connections(), count.takesMore(), nowNs));
        }
    }

    /** The numbers of connections of those others that take new ones. */
    List<Integer> others(long nowNs) {
        byNode.values().removeIf(told -> nowNs - told.atNs > FRESH_NS);
        return byNode.values().stream()
                .filter(Told::takesMore)
                .map(Told::connections)
                .toList();
    }
}
