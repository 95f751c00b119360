package io.continuo.gateway.socket;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.admission.Admission;
import io.continuo.gateway.admission.Busy;
import io.continuo.gateway.auth.AuthException;
import io.continuo.gateway.auth.AuthFailure;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.Session;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.dialect.Renderers;
import io.continuo.gateway.dialect.RequestReader;
import io.continuo.gateway.http.BaseUrl;
import io.continuo.gateway.socket.request.Dispatcher;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
    private final Admission admission;
    private final Renderers renderers;
    private final BaseUrl baseUrl;

    public Upgrade(
            Loop loop, Settings settings, Authenticator authenticator, Admission admission, Renderers renderers) {
        this.loop = loop;
        this.settings = settings;
        this.authenticator = authenticator;
        this.admission = admission;
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
            case Handshake.Valid valid -> queueUp(request, valid);
        }
    }

    /** Nothing that costs anything is done before a handshake's turn. */
    private void queueUp(HttpServerRequest request, Handshake.Valid handshake) {
        if (loop.isDraining()) {
            goElsewhere(request);
            return;
        }
        request.pause();
        BooleanSupplier gone = () -> request.response().closed();
        Supplier<Future<Void>> work = () -> authenticate(request, handshake);
        Future<Void> entered =
                handshake.since().isPresent() ? admission.resume(gone, work) : admission.login(gone, work);
        entered.onFailure(failure -> {
            if (failure instanceof Busy busy) {
                refuseFor(busy.retryAfterSeconds(), request, "Too many come in right now.");
            } else {
                LOG.error("A handshake fails", failure);
                refuse(request, 500, "Internal error.");
            }
        });
    }

    /** Ends when the request is on its way to be a socket, or refused. */
    private Future<Void> authenticate(HttpServerRequest request, Handshake.Valid handshake) {
        String token = Authenticator.tokenOf(request).orElse(null);
        if (token == null) {
            refuse(request, 401, "A session token is needed.");
            return Future.succeededFuture();
        }
        return authenticator.verify(token).compose(session -> attach(request, handshake, session), failure -> {
            if (failure instanceof AuthException refused) {
                refuse(request, refused.failure());
                return Future.succeededFuture();
            }
            return Future.failedFuture(failure);
        });
    }

    private Future<Void> attach(HttpServerRequest request, Handshake.Valid handshake, Session session) {
        if (loop.isDraining()) {
            goElsewhere(request);
            return Future.succeededFuture();
        }
        Connection connection = loop.connect(session, language(request, handshake.dialect()));
        return loop.attach(connection, handshake.since()).map(reply -> {
            if (loop.isDraining()) {
                connection.abandon();
                goElsewhere(request);
            } else if (isSuspended(reply)) {
                connection.abandon();
                refuse(request, 403, "The user is suspended.");
            } else if (connection.isClosed() || isSessionEnded(reply)) {
                connection.abandon();
                refuse(request, 401, "The session has ended.");
            } else if (reply instanceof Reply.Attached attached) {
                open(request, handshake, connection, attached);
            } else {
                connection.abandon();
                refuseFor(1, request, "Try again.");
            }
            return null;
        });
    }

    /** Another connection, since the balancer may send whatever comes on this one to this node. */
    private void goElsewhere(HttpServerRequest request) {
        if (!request.response().closed()) {
            request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        refuseFor(1, request, "This node is going away.");
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
            case UNAVAILABLE -> refuseFor(1, request, "Try again.");
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

    private void refuseFor(int seconds, HttpServerRequest request, String reason) {
        if (!request.response().closed()) {
            request.response().headers().set(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        }
        refuse(request, 503, reason);
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
