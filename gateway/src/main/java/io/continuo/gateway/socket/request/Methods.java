package io.continuo.gateway.socket.request;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.gateway.api.ClientOperations;
import io.continuo.gateway.api.Operation;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.Future;

/** The methods that a client may call on its socket (protocol/layer.md §7.1). */
final class Methods {
    private final OperationMethods operations;
    private final RecoveryMethods recovery;
    private final SessionMethods session;
    private final PresenceMethods presence;

    Methods(OperationMethods operations, RecoveryMethods recovery, SessionMethods session, PresenceMethods presence) {
        this.operations = operations;
        this.recovery = recovery;
        this.session = session;
        this.presence = presence;
    }

    static boolean isKnown(String method) {
        return switch (method) {
            case "Counter.read",
                    "Event.replay",
                    "Session.refresh",
                    "Presence.subscribe",
                    "Presence.update",
                    "Presence.sync" -> true;
            default -> ClientOperations.named(method).isPresent();
        };
    }

    /** Whether its response has to precede the changes that it makes (§5.3). */
    static boolean changes(String method) {
        return ClientOperations.named(method).filter(Operation::changes).isPresent();
    }

    Future<Answer> execute(Incoming.Request request) {
        try {
            return call(request);
        } catch (BadRequest bad) {
            return Answer.now(new Answer.Failed(bad.failure()));
        }
    }

    /** With a {@code request_id} a signal wants to be confirmed; without, nobody asks what became of it (§9.1). */
    Future<Answer> signal(Incoming.Signal signal) {
        if (!signal.type().equals("typing_indicator")) {
            return Answer.now(Answer.failed(ErrorCode.INVALID_OPERATION, "No such signal."));
        }
        try {
            return presence.typing(signal);
        } catch (BadRequest bad) {
            return Answer.now(new Answer.Failed(bad.failure()));
        }
    }

    private Future<Answer> call(Incoming.Request request) {
        return switch (request.method()) {
            case "Counter.read" -> recovery.readCounter();
            case "Event.replay" -> recovery.replay(request);
            case "Session.refresh" -> session.refresh(request);
            case "Presence.subscribe" -> presence.subscribe();
            case "Presence.update" -> presence.update(request);
            case "Presence.sync" -> presence.sync(request);
            default ->
                ClientOperations.named(request.method(), request.objectId())
                        .map(operation -> operations.execute(operation, request))
                        .orElseGet(() -> Answer.now(Answer.failed(ErrorCode.INVALID_OPERATION, "No such method.")));
        };
    }

    static Answer invalid(String property, String message) {
        return new Answer.Failed(Reply.Failure.ofProperty(ErrorCode.INVALID_PROPERTY, property, message));
    }
}
