package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.gateway.auth.AuthFailure;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.Session;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets calls pass that belong to a live session (protocol/layer.md §3.5). That a session is not revoked is believed for
 * a second before the service is asked again. Belongs to one event loop.
 */
final class SessionGate {
    private static final long BELIEVED_MS = 1_000;

    private final Authenticator authenticator;
    private final ServiceClient services;
    private final Clock clock;
    /** Session ids and until when they are believed, the eldest first. */
    private final Map<String, Long> believed = new LinkedHashMap<>();

    SessionGate(Authenticator authenticator, ServiceClient services, Clock clock) {
        this.authenticator = authenticator;
        this.services = services;
        this.clock = clock;
    }

    /** Fails with {@link io.continuo.gateway.auth.AuthException} or, when nobody can tell, {@link Declined}. */
    Future<Session> admit(HttpServerRequest request) {
        return Authenticator.tokenOf(request)
                .map(authenticator::verify)
                .orElseGet(() -> Future.failedFuture(AuthFailure.MISSING.exception()))
                .compose(this::check);
    }

    /** Asks the service at the session's next call. */
    void forget(String sessionId) {
        believed.remove(sessionId);
    }

    /** Asks the service at everybody's next call. */
    void forgetAll() {
        believed.clear();
    }

    private Future<Session> check(Session session) {
        forgetOld();
        if (believed.containsKey(session.sessionId())) {
            return Future.succeededFuture(session);
        }
        return services.ask(session.check()).map(reply -> checked(session, reply));
    }

    private Session checked(Session session, Reply reply) {
        if (reply instanceof Reply.Failure failure) {
            throw failure.code() == ErrorCode.AUTHENTICATION_REQUIRED
                    ? AuthFailure.REVOKED.exception()
                    : new Declined(failure);
        }
        believed.putIfAbsent(session.sessionId(), clock.millis() + BELIEVED_MS);
        return session;
    }

    private void forgetOld() {
        long now = clock.millis();
        Iterator<Long> eldest = believed.values().iterator();
        while (eldest.hasNext() && eldest.next() <= now) {
            eldest.remove();
        }
    }
}
