package io.continuo.presence.typing;

import io.continuo.common.event.TypingState;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What users said last that they do at their keyboards, in Redis, since a user's words may come to any instance of the
 * service. A version orders one's words; {@link #NONE} says that nothing was noted.
 */
final class TypingScript {
    static final long NONE = 0;

    private static final Script SCRIPT = Script.load(TypingScript.class, "typing.lua");
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    private final RedisLink redis;
    private final Duration repetition;

    /** @param repetition for how long the same word again is ignored */
    TypingScript(RedisLink redis, Duration repetition) {
        this.redis = redis;
        this.repetition = repetition;
    }

    /** The user says what they do: the word's version, or {@link #NONE} when it repeats the last one too soon. */
    Future<Long> say(String user, String conversationId, TypingState state) {
        return redis.run(
                        SCRIPT,
                        List.of(Keys.typing(user)),
                        conversationId,
                        state.wire(),
                        repetition.toNanos() / 1_000,
                        FORGOTTEN_AFTER.toMillis())
                .map(answer -> Objects.requireNonNull(answer).toLong());
    }
}
