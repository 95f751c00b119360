package io.continuo.gateway.socket.request;

import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.Signal;
import io.continuo.common.event.TypingState;
import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.dialect.RequestReader;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Presence and typing (protocol/layer.md §7.6, §9). */
final class PresenceMethods {
    private final ServiceClient services;
    private final Renderer renderer;
    private final Caller caller;

    PresenceMethods(ServiceClient services, Renderer renderer, Caller caller) {
        this.services = services;
        this.renderer = renderer;
        this.caller = caller;
    }

    Future<Answer> subscribe() {
        return done(caller.appearance().watch());
    }

    Future<Answer> update(Incoming.Request request) {
        String word = chosen(request.data());
        if (word == null) {
            return Answer.now(Methods.invalid("data", "data must set status."));
        }
        boolean auto = word.equals("auto");
        Optional<PresenceStatus> status = PresenceStatus.of(word).map(PresenceMethods::hidden);
        if (!auto && status.isEmpty()) {
            return Answer.now(Methods.invalid("status", "No such status."));
        }
        return done(caller.appearance().announce(status.orElse(null)));
    }

    Future<Answer> sync(Incoming.Request request) {
        if (!(request.data() instanceof JsonObject data)) {
            return Answer.now(Methods.invalid("data", "data must be an object."));
        }
        if (data.getValue("ids") instanceof JsonArray ids) {
            List<String> users = ids.stream()
                    .filter(String.class::isInstance)
                    .map(id -> RequestReader.user(caller.user(), "ids", id))
                    .toList();
            return changes(new PresenceRequest.Look(caller.user(), users));
        }
        Optional<Long> since = data.getValue("since") instanceof String text ? Times.parse(text) : Optional.empty();
        return since.map(ms -> changes(new PresenceRequest.LookSince(caller.user(), ms)))
                .orElseGet(() -> Answer.now(Methods.invalid("since", "data must hold ids or since.")));
    }

    Future<Answer> typing(Incoming.Signal signal) {
        String conversation = RequestReader.containerId(signal.objectId());
        Optional<TypingState> state =
                signal.action() instanceof String action ? TypingState.of(action) : Optional.empty();
        return state.map(known -> done(services.ask(new PresenceRequest.Type(caller.user(), conversation, known))))
                .orElseGet(() -> Answer.now(Methods.invalid("action", "No such action.")));
    }

    private Future<Answer> changes(PresenceRequest request) {
        return services.ask(request).map(reply -> switch (reply) {
            case Reply.PresenceStates states ->
                new Answer.Success(changes(caller.sightings().newest(states.states())));
            case Reply.Failure failure -> new Answer.Failed(failure);
            default -> throw new IllegalStateException("Not an answer to " + request + ": " + reply);
        });
    }

    /** An array even when it is empty: clients insist (§7.6). */
    private String changes(List<Signal.Presence> states) {
        JsonArray changes = new JsonArray();
        states.forEach(state -> changes.add(renderer.presenceChange(state)));
        return new JsonObject().put("changes", changes).encode();
    }

    /** The status of the first operation that sets it. */
    private static @Nullable String chosen(@Nullable Object data) {
        if (data instanceof JsonArray operations) {
            for (Object each : operations) {
                if (each instanceof JsonObject operation
                        && "set".equals(operation.getValue("operation"))
                        && "status".equals(operation.getValue("property"))
                        && operation.getValue("value") instanceof String value) {
                    return value;
                }
            }
        }
        return null;
    }

    /** A connected client that says it is offline means that it hides. */
    private static PresenceStatus hidden(PresenceStatus status) {
        return status == PresenceStatus.OFFLINE ? PresenceStatus.INVISIBLE : status;
    }

    private static Future<Answer> done(Future<Reply> reply) {
        return reply.map(
                answer -> answer instanceof Reply.Failure failure ? new Answer.Failed(failure) : Answer.Success.EMPTY);
    }
}
