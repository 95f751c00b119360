package io.continuo.gateway.socket.request;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.gateway.auth.Renewals.Renewal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** {@code Session.refresh}: more time for the session and its socket, without a new connection. */
final class SessionMethods {
    private static final String TOKEN = "session_token";

    private final Caller caller;

    SessionMethods(Caller caller) {
        this.caller = caller;
    }

    Future<Answer> refresh(Incoming.Request request) {
        JsonObject data = request.data() instanceof JsonObject given ? given : new JsonObject();
        Object token = data.getValue(TOKEN);
        if (token != null && !(token instanceof String)) {
            return Answer.now(new Answer.Failed(
                    Reply.Failure.ofProperty(ErrorCode.INVALID_PROPERTY, TOKEN, "session_token must be text.")));
        }
        return caller.renew((String) token).map(renewal -> switch (renewal) {
            case Renewal.Renewed renewed ->
                new Answer.Success(renewed.token().toJson().encode());
            case Renewal.Refused refused -> new Answer.Failed(refused.failure());
        });
    }
}
