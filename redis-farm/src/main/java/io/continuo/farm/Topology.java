package io.continuo.farm;

import io.continuo.redis.EmbeddedRedis;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The shapes of Redis that Continuo runs on. */
public enum Topology {
    STANDALONE(Programs.REDIS, programs -> RedisFarm.standalone(programs)),
    SENTINEL(Programs.REDIS, RedisFarm::sentinels),
    CLUSTER(Programs.REDIS, RedisFarm::cluster),
    SECURED(Programs.REDIS, RedisFarm::secured),
    VALKEY(Programs.VALKEY, programs -> RedisFarm.standalone(programs)),
    VALKEY_SENTINEL(Programs.VALKEY, RedisFarm::sentinels),
    VALKEY_CLUSTER(Programs.VALKEY, RedisFarm::cluster);

    private final Programs programs;
    private final Function<Programs, RedisFarm> starter;

    Topology(Programs programs, Function<Programs, RedisFarm> starter) {
        this.programs = programs;
        this.starter = starter;
    }

    /** Whether this machine has the programs. */
    public boolean isPossible() {
        return programs.arePresent();
    }

    /** Starts the servers; they are empty. */
    public RedisFarm start() {
        return starter.apply(programs);
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
