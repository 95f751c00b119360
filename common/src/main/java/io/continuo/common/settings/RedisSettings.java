package io.continuo.common.settings;

import java.util.Optional;

/**
 * How to reach Redis.
 *
 * @param uri {@code redis://…} for one server, {@code redis-sentinel://…/<name>} for a primary that sentinels choose,
 *     {@code redis-cluster://…} for a Redis Cluster, each with an {@code s} after {@code redis} for TLS; empty means
 *     embedded, in the one-process mode only
 * @param ca PEM file of the certificates to trust instead of the Java runtime's
 * @param sentinelPassword for the sentinels, which do not know the login in {@code uri}
 * @param maxPipelined commands that may be on their way on one connection before it refuses more
 * @param waitReplicas so many replicas must have a change before it is acknowledged; 0 for none
 * @param waitMs how long that may take
 * @param partitions into how many partitions conversations are spread: a power of two that never changes in the life of
 *     a data set
 */
public record RedisSettings(
        String uri,
        Optional<String> ca,
        Optional<String> sentinelPassword,
        int maxPipelined,
        int waitReplicas,
        int waitMs,
        int partitions) {
    private static final String SERVER = "(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(:\\d{1,5})?";
    private static final String SERVERS = "://([^@/\\s]*@)?" + SERVER + "(," + SERVER + ")*";
    private static final String FORMS = "(rediss?|valkeys?)://[^\\s,]+|rediss?-cluster" + SERVERS + "|rediss?-sentinel"
            + SERVERS + "/[A-Za-z0-9._-]+";

    static RedisSettings read(Environment environment) {
        String uri = environment.text("REDIS", "");
        if (!uri.isEmpty() && !uri.matches(FORMS)) {
            throw environment.malformed(
                    "REDIS",
                    uri.replaceFirst("//[^/\\s]*@", "//"),
                    "redis://<server>, redis-sentinel://<server>,<server>/<name of the primary> or"
                            + " redis-cluster://<server>,<server>");
        }
        int partitions = environment.number("PARTITIONS", 64, 1, 16_384);
        if (Integer.bitCount(partitions) != 1) {
            throw environment.malformed("PARTITIONS", Integer.toString(partitions), "a power of two");
        }
        return new RedisSettings(
                uri,
                environment.optional("REDIS_CA"),
                environment.optional("REDIS_SENTINEL_PASSWORD"),
                environment.number("REDIS_PIPELINE", 200_000, 1_000, 10_000_000),
                environment.number("REDIS_WAIT", 0, 0, 100),
                environment.number("REDIS_WAIT_MS", 500, 10, 3_000),
                partitions);
    }

    /** The same, but to a Redis at {@code uri}. */
    public RedisSettings at(String uri) {
        return new RedisSettings(uri, ca, sentinelPassword, maxPipelined, waitReplicas, waitMs, partitions);
    }
}
