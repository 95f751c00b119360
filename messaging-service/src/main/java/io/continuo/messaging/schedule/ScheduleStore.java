package io.continuo.messaging.schedule;

import io.continuo.common.bus.MessageRequest.ScheduleMessage;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.messaging.conversation.MessageStore;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scheduled messages in Redis, in the slot of their conversation's partition: {@code {c<p>}:schedule}, a sorted set,
 * tells for which message something is to be done when, {@code {c<p>}:scheduled}, a hash, keeps the requests. Time is
 * that of Redis.
 */
final class ScheduleStore {
    private static final Logger log = LoggerFactory.getLogger(ScheduleStore.class);
    private static final Script SCHEDULE = Script.load(MessageStore.class, "outbox.lua", "schedule_message.lua");
    private static final Script NEXT = Script.load(ScheduleStore.class, "next.lua");
    private static final Script LATER = Script.load(ScheduleStore.class, "later.lua");

    private final RedisLink redis;

    ScheduleStore(RedisLink redis) {
        this.redis = redis;
    }

    /** What the schedule script found. */
    sealed interface Scheduling {
        /** @param dueAt when it will be sent, milliseconds since the epoch */
        record Scheduled(long dueAt) implements Scheduling {}

        record Repeated() implements Scheduling {}

        record NeverTookPart() implements Scheduling {}

        record TakesPartNoMore() implements Scheduling {}
    }

    Future<Scheduling> schedule(int partition, ScheduleMessage request) {
        String conversation = request.conversationId();
        List<String> keys = List.of(
                Keys.conversation(partition, conversation),
                Keys.participants(partition, conversation),
                Keys.former(partition, conversation),
                Keys.messageIds(partition, conversation),
                Keys.schedule(partition),
                Keys.scheduled(partition));
        return redis.run(
                        SCHEDULE,
                        keys,
                        request.user(),
                        request.message().messageId(),
                        RecordCodec.text(request),
                        request.delaySeconds() * 1_000L,
                        request.typingSeconds() * 1_000L)
                .map(answer -> switch (answer.get(0).toInteger()) {
                    case 1 -> new Scheduling.Scheduled(answer.get(1).toLong());
                    case 0 -> new Scheduling.Repeated();
                    case -2 -> new Scheduling.TakesPartNoMore();
                    default -> new Scheduling.NeverTookPart();
                });
    }

    /**
     * What is to be done next in a partition.
     *
     * @param inMs from now; negative when it should have been done
     * @param dueInMs until the message is to be sent
     * @param typingMs for how long before that its sender is seen typing
     * @param request empty when the request is gone
     */
    record Step(long inMs, String messageId, long dueInMs, long typingMs, Optional<ScheduleMessage> request) {}

    Future<Optional<Step>> next(int partition) {
        return redis.run(NEXT, List.of(Keys.schedule(partition), Keys.scheduled(partition)))
                .map(answer -> answer.size() == 0 ? Optional.empty() : Optional.of(step(answer)));
    }

    private static Step step(Response answer) {
        return new Step(
                answer.get(0).toLong(),
                answer.get(1).toString(),
                answer.get(2).toLong(),
                answer.get(3).toLong(),
                message(answer.get(4).toString()));
    }

    /** What cannot be read must not hold up all that comes after it. */
    private static Optional<ScheduleMessage> message(String kept) {
        try {
            return kept.isEmpty() ? Optional.empty() : Optional.of((ScheduleMessage) RecordCodec.request(kept));
        } catch (UncheckedIOException damaged) {
            log.error("A scheduled message cannot be read and is left out", damaged);
            return Optional.empty();
        }
    }

    /** Does the next thing for a message after {@code ms}. */
    Future<Void> later(int partition, String messageId, long ms) {
        return redis.run(LATER, List.of(Keys.schedule(partition)), messageId, ms)
                .mapEmpty();
    }

    Future<Void> remove(int partition, String messageId) {
        return redis.batch(List.of(
                        Request.cmd(Command.ZREM).arg(Keys.schedule(partition)).arg(messageId),
                        Request.cmd(Command.HDEL).arg(Keys.scheduled(partition)).arg(messageId)))
                .mapEmpty();
    }
}
