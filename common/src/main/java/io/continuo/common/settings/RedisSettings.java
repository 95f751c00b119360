package io.continuo.common.settings;

/**
 * How to reach Redis.
 *
 * @param uri {@code redis://} or {@code rediss://}; empty means embedded, in the one-process mode only
 * @param maxPipelined commands that may be on their way on one connection before it refuses more
 * @param partitions into how many partitions conversations are spread: a power of two that never changes in the life of
 *     a data set
 */
public record RedisSettings(String uri, int maxPipelined, int partitions) {

    static RedisSettings read(Environment environment) {
        String uri = environment.text("REDIS", "");
        if (!uri.isEmpty() && !uri.matches("(rediss?|valkeys?)://[^\\s,]+")) {
            throw environment.malformed("REDIS", uri, "a redis:// or rediss:// address");
        }
        int partitions = environment.number("PARTITIONS", 64, 1, 16_384);
        if (Integer.bitCount(partitions) != 1) {
            throw environment.malformed("PARTITIONS", Integer.toString(partitions), "a power of two");
        }
        return new RedisSettings(uri, environment.number("REDIS_PIPELINE", 200_000, 1_000, 10_000_000), partitions);
    }

    /** The same, but to a Redis at {@code uri}. */
    public RedisSettings at(String uri) {
        return new RedisSettings(uri, maxPipelined, partitions);
    }
}
