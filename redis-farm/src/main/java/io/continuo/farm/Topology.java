package io.continuo.farm;

import io.continuo.redis.EmbeddedRedis;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The shapes of Redis that Continuo runs on. */
public enum Topology {
    STANDALONE,
    SENTINEL,
    CLUSTER,
    SECURED,
    VALKEY,
    VALKEY_SENTINEL,
    VALKEY_CLUSTER;

    private Programs programs() {
        return switch (this) {
            case STANDALONE, SENTINEL, CLUSTER, SECURED -> Programs.REDIS;
            case VALKEY, VALKEY_SENTINEL, VALKEY_CLUSTER -> Programs.VALKEY;
        };
    }

    /** Whether this machine has the programs. */
    public boolean isPossible() {
        return programs().arePresent();
    }

    /** Starts the servers; they are empty. */
    public RedisFarm start() {
        return switch (this) {
            case STANDALONE, VALKEY -> RedisFarm.standalone(programs());
            case SENTINEL, VALKEY_SENTINEL -> RedisFarm.sentinels(programs());
            case CLUSTER, VALKEY_CLUSTER -> RedisFarm.cluster(programs());
            case SECURED -> RedisFarm.secured(programs());
        };
    }

    /** The name by which a test run chooses it: {@code -Dtopology=<name>}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Topology of(String label) {
        return Arrays.stream(values())
                .filter(topology -> topology.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("-Dtopology must be one of "
                        + Arrays.stream(values()).map(Topology::label).collect(Collectors.joining(", "))));
    }

    /** An empty Redis of the shape that {@code -Dtopology} names for this test run; an embedded one without it. */
    public static Chosen chosen() {
        String label = System.getProperty("topology", "");
        return label.isEmpty() ? embedded() : new Chosen(of(label).start());
    }

    private static Chosen embedded() {
        EmbeddedRedis redis = EmbeddedRedis.temporary();
        return new Chosen(Map.of("CONTINUO_REDIS", redis.uri()), redis);
    }

    /** Whether this test run is about a shape of Redis. */
    public static boolean isChosen() {
        return !System.getProperty("topology", "").isEmpty();
    }

    /**
     * A Redis for a test.
     *
     * @param settings what makes Continuo use it
     * @param servers ends it
     */
    public record Chosen(Map<String, String> settings, AutoCloseable servers) implements AutoCloseable {
        Chosen(RedisFarm farm) {
            this(farm.settings(), farm);
        }

        @Override
        public void close() {
            try {
                servers.close();
            } catch (Exception failure) {
                throw new IllegalStateException("Redis does not end", failure);
            }
        }
    }
}
