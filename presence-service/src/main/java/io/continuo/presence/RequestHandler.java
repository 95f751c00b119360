package io.continuo.presence;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.UnderWay;
import io.continuo.common.redis.RedisDown;
import io.continuo.common.trace.Trace;
import io.continuo.presence.status.Presence;
import io.continuo.presence.typing.Typing;
import io.continuo.presence.visit.Visits;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what gateways ask of the presence service, always: what goes wrong becomes a {@link Reply.Failure}. */
final class RequestHandler implements Handler<Message<PresenceRequest>> {
    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

    private final Presence presence;
    private final Typing typing;
    private final Visits visits;
    private final UnderWay underWay;

    RequestHandler(Presence presence, Typing typing, Visits visits, UnderWay underWay) {
        this.presence = presence;
        this.typing = typing;
        this.visits = visits;
        this.underWay = underWay;
    }

    @Override
    public void handle(Message<PresenceRequest> message) {
        Trace.begin(message.headers());
        log.debug("Executes {}", message.body().getClass().getSimpleName());
        underWay.count(Future.succeededFuture(message.body()).compose(this::answer))
                .otherwise(RequestHandler::failure)
                .onSuccess(message::reply);
    }

    private Future<Reply> answer(PresenceRequest request) {
        return switch (request) {
            case PresenceRequest.Announce announce ->
                presence.announce(announce).map(Reply.Done.INSTANCE);
            case PresenceRequest.WatchPresence watch -> presence.watch(watch).map(Reply.Done.INSTANCE);
            case PresenceRequest.Register register ->
                presence.register(register).map(registered -> registered);
            case PresenceRequest.Restore restore -> presence.restore(restore).map(Reply.Done.INSTANCE);
            case PresenceRequest.Leave leave -> presence.leave(leave).map(Reply.Done.INSTANCE);
            case PresenceRequest.Look look -> presence.look(look).map(Reply.PresenceStates::new);
            case PresenceRequest.LookSince look -> presence.lookSince(look).map(Reply.PresenceStates::new);
            case PresenceRequest.ClaimVisit claim -> visits.claim(claim);
            case PresenceRequest.KeepVisit keep -> visits.keep(keep);
            case PresenceRequest.FindVisit find -> visits.find(find);
            case PresenceRequest.EndVisit end -> visits.end(end);
            case PresenceRequest.Type type -> typing.type(type).map(Reply.Done.INSTANCE);
        };
    }

    private static Reply failure(Throwable failure) {
        if (failure instanceof RedisDown) {
            return Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "Presence is away for a moment; try again.");
        }
        log.error("A presence request failed", failure);
        return Reply.Failure.of(ErrorCode.INTERNAL_SERVER_ERROR, "Presence could not do that.");
    }
}
