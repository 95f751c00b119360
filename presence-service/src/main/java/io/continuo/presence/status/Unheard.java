package io.continuo.presence.status;

import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.PresenceRequest.Missed;
import io.continuo.common.event.Signal;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which gateway loops have not confirmed changes that they were told of, in Redis ({@link Keys#presenceMissed}): they ask
 * for it every few seconds, and look for themselves. So nobody is held up by a loop that hangs, and it misses nothing.
 *
 * <p>Threading: belongs to one event loop.
 */
final class Unheard {
    private static final Logger log = LoggerFactory.getLogger(Unheard.class);
    private static final Script MISSED = Script.load(Unheard.class, "missed.lua");
    private static final Script CAUGHT_UP = Script.load(Unheard.class, "caught_up.lua");
    private static final List<String> KEY = List.of(Keys.presenceMissed());
    /** A loop that does not ask for so long was believed dead, and tells and asks everything when it comes back. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final RedisLink redis;

    Unheard(RedisLink redis) {
        this.redis = redis;
    }

    Future<Void> prepare() {
        return redis.prepare(CAUGHT_UP);
    }

    /** Notes that a loop has not confirmed these. */
    void note(String loop, GatewayMessage.Relays relays) {
        relays.relays().stream()
                .map(GatewayMessage.Relay::signal)
                .filter(Signal.Presence.class::isInstance)
                .mapToLong(signal -> ((Signal.Presence) signal).changedAt())
                .min()
                .ifPresent(since -> redis.run(MISSED, KEY, loop, since, REMEMBERED.toMillis())
                        .onFailure(failure -> log.warn("{} may not know how some users are", loop, failure)));
    }

    /** Asks what a loop has missed, apart from what it was told before. */
    Request missed(String loop, @Nullable Missed caughtUp) {
        return RedisLink.call(
                CAUGHT_UP, KEY, loop, caughtUp == null ? "" : caughtUp.sinceMs() + " " + caughtUp.times());
    }

    /** Reads the answer to {@link #missed}. */
    static @Nullable Missed read(@Nullable Response answer) {
        if (answer == null) {
            return null;
        }
        String[] words = answer.toString().split(" ", 2);
        return new Missed(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }
}
