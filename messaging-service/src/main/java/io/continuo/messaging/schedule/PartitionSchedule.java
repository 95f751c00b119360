package io.continuo.messaging.schedule;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest.CreateMessage;
import io.continuo.common.bus.MessageRequest.ScheduleMessage;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.TypingState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what one partition's schedule tells, one thing after another. The message id makes a message's sending happen
 * once, so that everything may be repeated.
 *
 * <p>Threading: lives on its verticle's event loop.
 */
final class PartitionSchedule {
    private static final Logger log = LoggerFactory.getLogger(PartitionSchedule.class);
    private static final long RETRY_MS = 500;
    /** How often clients repeat that somebody types (protocol/layer.md §9.1). */
    private static final long TYPING_MS = 2_500;

    private final Vertx vertx;
    private final int partition;
    private final ScheduleStore store;
    private final Function<MessagingRequest, Future<Reply>> send;
    private final ServiceClient services;
    private long timer = -1;
    private boolean busy;
    private boolean lookAgain;
    private boolean closed;

    PartitionSchedule(
            Vertx vertx,
            int partition,
            ScheduleStore store,
            Function<MessagingRequest, Future<Reply>> send,
            ServiceClient services) {
        this.vertx = vertx;
        this.partition = partition;
        this.store = store;
        this.send = send;
        this.services = services;
    }

    /** Looks at the schedule: at the start, and when something was added. */
    void look() {
        if (busy) {
            lookAgain = true;
            return;
        }
        vertx.cancelTimer(timer);
        busy = true;
        lookAgain = false;
        step().onComplete((waitMs, failure) -> {
            busy = false;
            if (failure != null) {
                log.debug("Schedule of partition {}: {}", partition, failure.getMessage());
            }
            long wait = failure != null ? RETRY_MS : lookAgain ? 0 : waitMs;
            if (!closed && wait >= 0) {
                timer = vertx.setTimer(Math.max(1, wait), fired -> look());
            }
        });
    }

    void close() {
        closed = true;
        vertx.cancelTimer(timer);
    }

    /** Does the next thing if it is time; answers after how many ms to look again, or -1 when nothing is scheduled. */
    private Future<Long> step() {
        return store.next(partition).compose(next -> {
            if (next.isEmpty()) {
                return Future.succeededFuture(-1L);
            }
            ScheduleStore.Step step = next.get();
            if (step.inMs() > 0) {
                return Future.succeededFuture(step.inMs());
            }
            return step.request()
                    .map(request -> act(step, request))
                    .orElseGet(() -> store.remove(partition, step.messageId()))
                    .map(0L);
        });
    }

    private Future<Void> act(ScheduleStore.Step step, ScheduleMessage request) {
        if (step.dueInMs() > 0) {
            type(request.message(), TypingState.STARTED);
            return store.later(partition, step.messageId(), Math.min(TYPING_MS, step.dueInMs()));
        }
        if (step.typingMs() > 0) {
            type(request.message(), TypingState.FINISHED);
        }
        return send.apply(request.due()).compose(reply -> {
            if (reply instanceof Reply.Failure failure) {
                if (failure.code() == ErrorCode.SERVICE_UNAVAILABLE) {
                    return Future.failedFuture(failure.message());
                }
                if (failure.code() != ErrorCode.ID_IN_USE) {
                    log.warn("Scheduled message {} was not sent: {}", step.messageId(), failure.message());
                }
            }
            return store.remove(partition, step.messageId());
        });
    }

    /** A signal only: whether anybody sees it does not matter. */
    private void type(CreateMessage message, TypingState state) {
        services.ask(new PresenceRequest.Type(message.user(), message.conversationId(), state));
    }
}
