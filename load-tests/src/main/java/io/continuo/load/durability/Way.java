package io.continuo.load.durability;

import io.continuo.farm.Programs;
import io.continuo.farm.RedisFarm;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A way to keep data, as docs/durability.md lists them.
 *
 * @param settings of Continuo, besides where Redis is
 */
record Way(String name, Supplier<RedisFarm> redis, Map<String, String> settings) {
    private static final Map<String, String> WAIT = Map.of("CONTINUO_REDIS_WAIT", "1");

    static Way[] all() {
        return new Way[] {
            new Way("no append-only file", () -> one("--appendonly", "no"), Map.of()),
            new Way("everysec", () -> one("--appendonly", "yes"), Map.of()),
            new Way("always", () -> one("--appendonly", "yes", "--appendfsync", "always"), Map.of()),
            new Way("everysec, a replica", () -> two("--appendonly", "yes"), Map.of()),
            new Way("everysec, a replica, WAIT 1", () -> two("--appendonly", "yes"), WAIT),
            new Way("always, a replica, WAIT 1", () -> two("--appendonly", "yes", "--appendfsync", "always"), WAIT),
        };
    }

    private static RedisFarm one(String... options) {
        return RedisFarm.standalone(Programs.REDIS, options);
    }

    private static RedisFarm two(String... options) {
        return RedisFarm.replicated(Programs.REDIS, options);
    }
}
