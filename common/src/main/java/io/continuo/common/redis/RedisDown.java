package io.continuo.common.redis;

/** Redis is not reachable at this moment; what was asked may be asked again. */
public final class RedisDown extends RuntimeException {
    public RedisDown(String message) {
        super(message, null, false, false);
    }
}
