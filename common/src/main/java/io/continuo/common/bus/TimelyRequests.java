package io.continuo.common.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;

/**
 * Refuses what was asked while the service stood still, with {@code SERVICE_UNAVAILABLE}. Who asked it has given up, has
 * asked somebody else and gone on: done now, it would undo what has been done since. Belongs to the event loop on which it is
 * made.
 */
public final class TimelyRequests<T extends BusMessage> implements Handler<Message<T>> {
    private final Handler<Message<T>> service;
    private final Standstill standstill;
    private final Counter stale;

    public TimelyRequests(Vertx vertx, MeterRegistry meters, Handler<Message<T>> service) {
        this.service = service;
        standstill = Standstill.watch(vertx);
        stale = Counter.builder("continuo.requests.stale")
                .description("Requests that a service refused because they came while it stood still")
                .register(meters);
    }

    @Override
    public void handle(Message<T> message) {
        // Who wants no answer tells of something that has happened.
        if (message.replyAddress() != null && standstill.isCatchingUp()) {
            stale.increment();
            message.reply(Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "The service stood still; try again."));
        } else {
            service.handle(message);
        }
    }
}
