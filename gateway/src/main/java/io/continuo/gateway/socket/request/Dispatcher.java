package io.continuo.gateway.socket.request;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.ServiceClient;
import io.continuo.gateway.dialect.Dialect;
import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.dialect.RequestReader;
import io.continuo.gateway.metrics.RequestMetrics;
import io.continuo.gateway.socket.feed.Feed;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.frame.SocketWriter;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.vertx.core.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a connection's packets executed, and writes the responses (protocol/layer.md §7). Belongs to one event loop. */
public final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int OK = 200;
    /** In a row. */
    private static final int MOST_MALFORMED = 1_000;
    /** At a time. */
    private static final int MOST_SIGNALS = 16;

    private final SocketWriter writer;
    private final Feed feed;
    private final SocketMetrics metrics;
    private final RequestMetrics requests;
    private final Consumer<CloseCode> close;
    private final Methods methods;
    private final Responses responses;
    private int malformed;
    private int signals;

    /** How requests of a connection are read and answered. */
    public record Language(Dialect dialect, RequestReader reader, Renderer renderer) {}

    public Dispatcher(
            Caller caller,
            Language language,
            ServiceClient services,
            SocketWriter writer,
            Feed feed,
            SocketMetrics metrics,
            RequestMetrics requests,
            Consumer<CloseCode> close) {
        this.writer = writer;
        this.feed = feed;
        this.metrics = metrics;
        this.requests = requests;
        this.close = close;
        Renderer renderer = language.renderer;
        methods = new Methods(
                new OperationMethods(services, language.reader, renderer, caller.user()),
                new RecoveryMethods(caller),
                new SessionMethods(caller),
                new PresenceMethods(services, renderer, caller));
        responses = new Responses(language.dialect, renderer, caller.user());
    }

    /** Completes when the response is written; fails only by a fault of ours. */
    public Future<Void> execute(Incoming packet) {
        return switch (packet) {
            case Incoming.Malformed bad -> refuse(bad);
            case Incoming.Signal signal -> execute(signal);
            case Incoming.Request request -> execute(request);
        };
    }

    /** Signals do not wait for one another, so what is too much is dropped. */
    private Future<Void> execute(Incoming.Signal signal) {
        if (signals == MOST_SIGNALS) {
            metrics.flood();
            return Future.succeededFuture();
        }
        signals++;
        LOG.debug("A signal arrives");
        return methods.signal(signal).onComplete(done -> signals--).map(answer -> {
            answer(signal.id(), signal.type(), answer, signal.binary());
            return null;
        });
    }

    private Future<Void> execute(Incoming.Request request) {
        malformed = 0;
        if (Methods.changes(request.method())) {
            feed.hold();
        }
        String method = Methods.isKnown(request.method()) ? request.method() : RequestMetrics.OTHER;
        LOG.debug("{} arrives", method);
        long beganAt = System.nanoTime();
        return methods.execute(request).map(answer -> {
            LOG.debug("{} is answered: {}", method, status(answer));
            requests.answered(method, RequestMetrics.Way.SOCKET, status(answer), beganAt);
            answer(request, answer);
            feed.release();
            return null;
        });
    }

    /** What it would be by HTTP. */
    private static int status(Answer answer) {
        return switch (answer) {
            case Answer.Success ignored -> OK;
            case Answer.Failed failed -> failed.failure().code().httpStatus();
        };
    }

    private Future<Void> refuse(Incoming.Malformed packet) {
        if (++malformed > MOST_MALFORMED) {
            close.accept(CloseCode.ABUSE);
        } else {
            writer.response(responses.toUnknown(packet.failure()), packet.binary());
        }
        return Future.succeededFuture();
    }

    private void answer(Incoming.Request request, Answer answer) {
        boolean unknown = request.id() == null && !Methods.isKnown(request.method());
        if (unknown && answer instanceof Answer.Failed failed) {
            writer.response(responses.toUnknown(failed.failure()), request.binary());
        } else {
            answer(request.id(), request.method(), answer, request.binary());
        }
    }

    private void answer(@Nullable String id, String method, Answer answer, boolean binary) {
        if (isSessionGone(answer)) {
            close.accept(CloseCode.SESSION_ENDED);
        } else if (id != null) {
            writer.response(responses.to(id, method, answer), binary);
        }
    }

    /** Not to be answered on a socket: clients learn it when they connect again (§7.7). */
    private static boolean isSessionGone(Answer answer) {
        return answer instanceof Answer.Failed failed && failed.failure().code() == ErrorCode.AUTHENTICATION_REQUIRED;
    }
}
