package io.continuo.presence.status;

import io.continuo.common.redis.HeartbeatVerticle;
import java.time.Duration;

/**
 * How fast presence follows what happens.
 *
 * @param grace for how long a connection that has gone still counts, so that who comes back meanwhile was never away
 * @param linger for how long a user who watches no more still stands among the watchers of others
 * @param tick how often it is looked for what is due and for nodes that have died
 * @param silence for how long a node's heartbeat must be found missing until it is believed dead
 * @param quiet how long nobody is believed dead after Redis was away or slow: heartbeats may have been lost with it
 */
public record Pace(Duration grace, Duration linger, Duration tick, Duration silence, Duration quiet) {
    public static final Pace NORMAL = new Pace(
            Duration.ofSeconds(6),
            Duration.ofMinutes(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(HeartbeatVerticle.TTL_MS));
}
