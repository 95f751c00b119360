package io.continuo.gateway.socket;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.auth.AuthException;
import io.continuo.gateway.auth.AuthFailure;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.Session;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.dialect.Renderers;
import io.continuo.gateway.dialect.RequestReader;
import io.continuo.gateway.http.BaseUrl;
import io.continuo.gateway.socket.request.Dispatcher;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns requests into sockets (protocol/layer.md §4): checks the handshake and the token, attaches the client, and only
 * then answers, so that who is refused learns it by the status. Belongs to one event loop.
 */
public final class Upgrade {
    private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);

    private final Loop loop;
    private final Settings settings;
    private final Authenticator authenticator;
    private final Renderers renderers;
    private final BaseUrl baseUrl;

    public Upgrade(Loop loop, Settings settings, Authenticator authenticator, Renderers renderers) {
        this.loop = loop;
        this.settings = settings;
        this.authenticator = authenticator;
        this.renderers = renderers;
        baseUrl = new BaseUrl(settings.http());
    }

    /** Whether {@code request} wants to become a socket. */
    public static boolean isMeant(HttpServerRequest request) {
        return Handshake.isMeant(request);
    }

    public void handle(HttpServerRequest request) {
        switch (Handshake.of(request, settings.http().allowedOrigins())) {
            case Handshake.Refused refused -> refuse(request, refused.status(), refused.reason());
            case Handshake.Valid valid -> authenticate(request, valid);
        }
    }

    private void authenticate(HttpServerRequest request, Handshake.Valid handshake) {
        String token = Authenticator.tokenOf(request).orElse(null);
        if (token == null) {
            refuse(request, 401, "A session token is needed.");
            return;
        }
        request.pause();
        authenticator.verify(token).onComplete((session, failure) -> {
            if (failure == null) {
                attach(request, handshake, session);
            } else if (failure instanceof AuthException refused) {
                refuse(request, refused.failure());
            } else {
                LOG.error("A token cannot be verified", failure);
                refuse(request, 500, "Internal error.");
            }
        });
    }

    private void attach(HttpServerRequest request, Handshake.Valid handshake, Session session) {
        if (loop.isDraining()) {
            refuse(request, 503, "This node is going away.");
            return;
        }
        Connection connection = loop.connect(session, language(request, handshake.dialect()));
        loop.attach(connection, handshake.since()).onSuccess(reply -> {
            if (isSuspended(reply)) {
                connection.abandon();
                refuse(request, 403, "The user is suspended.");
            } else if (connection.isClosed() || isSessionEnded(reply)) {
                connection.abandon();
                refuse(request, 401, "The session has ended.");
            } else if (reply instanceof Reply.Attached attached && !loop.isDraining()) {
                open(request, handshake, connection, attached);
            } else {
                connection.abandon();
                refuse(request, 503, "Try again.");
            }
        });
    }

    private void open(
            HttpServerRequest request, Handshake.Valid handshake, Connection connection, Reply.Attached attached) {
        if (request.response().closed()) {
            connection.abandon();
            return;
        }
        request.response()
                .putHeader("Sec-WebSocket-Protocol", handshake.dialect().subprotocol());
        request.toWebSocket()
                .onSuccess(socket -> connection.open(socket, attached))
                .onFailure(failure -> connection.abandon());
    }

    private void refuse(HttpServerRequest request, AuthFailure failure) {
        switch (failure) {
            case APP_SUSPENDED -> refuse(request, 403, "The app is suspended.");
            case UNAVAILABLE -> refuse(request, 503, "Try again.");
            default -> refuse(request, 401, "The session token is not valid.");
        }
    }

    private static boolean isSessionEnded(Reply reply) {
        return reply instanceof Reply.Failure failure && failure.code() == ErrorCode.AUTHENTICATION_REQUIRED;
    }

    private static boolean isSuspended(Reply reply) {
        return reply instanceof Reply.Failure failure && failure.code() == ErrorCode.USER_SUSPENDED;
    }

    private Dispatcher.Language language(HttpServerRequest request, Dialect dialect) {
        return new Dispatcher.Language(
                dialect, new RequestReader(dialect, settings.limits()), renderers.of(dialect, baseUrl.of(request)));
    }

    private void refuse(HttpServerRequest request, int status, String reason) {
        loop.metrics().refused(status);
        if (request.response().closed()) {
            return;
        }
        if (status == 426) {
            request.response().putHeader("Sec-WebSocket-Version", "13");
        }
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(reason);
        request.resume();
    }
}
