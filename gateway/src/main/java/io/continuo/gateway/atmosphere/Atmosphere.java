package io.continuo.gateway.atmosphere;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.admission.Admission;
import io.continuo.gateway.atmosphere.transport.PollTransport;
import io.continuo.gateway.atmosphere.transport.SocketTransport;
import io.continuo.gateway.atmosphere.transport.StreamTransport;
import io.continuo.gateway.atmosphere.transport.Transport;
import io.continuo.gateway.atmosphere.visit.Application;
import io.continuo.gateway.atmosphere.visit.VisitMetrics;
import io.continuo.gateway.atmosphere.visit.Visits;
import io.continuo.gateway.atmosphere.wire.Framing;
import io.continuo.gateway.atmosphere.wire.Guest;
import io.continuo.gateway.atmosphere.wire.Parameters;
import io.continuo.gateway.atmosphere.wire.TrackingIds;
import io.continuo.gateway.auth.Secret;
import io.continuo.gateway.http.BaseUrl;
import io.continuo.gateway.socket.Departing;
import io.continuo.gateway.socket.frame.HandshakeRules;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/**
 * Where clients of Atmosphere come in, whatever they come with: sockets, held requests, pushes, goodbyes
 * (protocol/atmosphere.md §2, §4). Whom it refuses gets no body: clients would take it for a message. Belongs to one event
 * loop.
 */
public final class Atmosphere {
    private static final Set<String> PATHS =
            Set.of("/event/subscription", "/event/subscription/", "/v2/event/subscription", "/v2/event/subscription/");

    private final Vertx vertx;
    private final Settings settings;
    private final TrackingIds trackingIds;
    private final Origins origins;
    private final BaseUrl baseUrl;
    private final Visits visits;
    private boolean draining;

    /** @param address the loop's own on the bus */
    public Atmosphere(
            Vertx vertx,
            Settings settings,
            String address,
            ServiceClient services,
            Admission admission,
            Application.Starter starter,
            VisitMetrics metrics) {
        this.vertx = vertx;
        this.settings = settings;
        trackingIds = new TrackingIds(Secret.of(settings.auth()));
        origins = new Origins(Set.copyOf(settings.http().allowedOrigins()));
        baseUrl = new BaseUrl(settings.http());
        visits = new Visits(vertx, address, services, settings.atmosphere(), admission, starter, metrics);
    }

    /** Whether {@code request} is one for here. */
    public static boolean isMeant(HttpServerRequest request) {
        return request.path() != null && PATHS.contains(request.path());
    }

    /** Completes when other loops can reach this one. */
    public Future<Void> start() {
        return visits.start();
    }

    public Future<Void> stop() {
        return visits.stop();
    }

    /** Lets nobody in any more, but who polls and is here already. */
    public void drain() {
        draining = true;
    }

    /** The clients that are here. */
    public List<Departing> clients() {
        return visits.all();
    }

    /** How many clients are here; for any thread. */
    public int size() {
        return visits.size();
    }

    public void handle(HttpServerRequest request) {
        request.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-cache, must-revalidate")
                .putHeader("Pragma", "no-cache")
                .putHeader(HttpHeaders.EXPIRES, "-1")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (!origins.admits(request)) {
            answer(request, 403);
        } else if (request.method() == HttpMethod.OPTIONS) {
            origins.preflight(request.response());
        } else {
            try {
                handle(request, Parameters.of(request));
            } catch (IllegalArgumentException malformed) {
                answer(request, 400);
            }
        }
    }

    private void handle(HttpServerRequest request, Parameters parameters) {
        if (HandshakeRules.isMeant(request)) {
            openSocket(request, parameters);
            return;
        }
        boolean get = request.method() == HttpMethod.GET;
        boolean post = request.method() == HttpMethod.POST;
        switch (parameters.kind()) {
            case CLOSE -> {
                if (get || post) {
                    leave(request, parameters);
                } else {
                    answer(request, 405);
                }
            }
            case SSE, STREAMING, LONG_POLLING, JSONP, WEBSOCKET, OTHER -> {
                if (post) {
                    push(request, parameters);
                } else if (get) {
                    hold(request, parameters);
                } else {
                    answer(request, 405);
                }
            }
        }
    }

    private void openSocket(HttpServerRequest request, Parameters parameters) {
        if (!HandshakeRules.isOfOurVersion(request)) {
            request.response().putHeader("Sec-WebSocket-Version", HandshakeRules.VERSION);
            answer(request, 426);
        } else if (!HandshakeRules.isSound(request)) {
            answer(request, 400);
        } else if (draining) {
            answer(request, 503);
        } else {
            String base = baseUrl.of(request);
            int limit = settings.limits().messageBytes();
            request.toWebSocket().onSuccess(socket -> arrive(parameters, new SocketTransport(socket, limit), base));
        }
    }

    private void hold(HttpServerRequest request, Parameters parameters) {
        boolean framed = parameters.framed();
        String base = baseUrl.of(request);
        if (draining && !visits.isHere(Guest.idOf(parameters, trackingIds))) {
            new LateComer(vertx, request, parameters).answer();
            return;
        }
        switch (parameters.kind()) {
            case SSE ->
                arrive(parameters, new StreamTransport(vertx, request, StreamTransport.Form.EVENTS, framed), base);
            case STREAMING ->
                arrive(parameters, new StreamTransport(vertx, request, StreamTransport.Form.BARE, framed), base);
            case LONG_POLLING -> arrive(parameters, new PollTransport(vertx, request, joins(parameters), ""), base);
            case JSONP -> {
                if (parameters.callback().isEmpty()) {
                    answer(request, 400);
                } else {
                    arrive(
                            parameters,
                            new PollTransport(vertx, request, joins(parameters), parameters.callback()),
                            base);
                }
            }
            case WEBSOCKET, CLOSE, OTHER -> answer(request, 400);
        }
    }

    /** After a break version 5 takes an answer with two bars for a hello (protocol/atmosphere.md §0, R9). */
    private static boolean joins(Parameters parameters) {
        return parameters.framed() && parameters.major() < Guest.FIRST_REWRITTEN;
    }

    private void arrive(Parameters parameters, Transport transport, String base) {
        visits.arrive(Guest.of(parameters, trackingIds), new Framing(parameters.framed()), transport, base);
    }

    private void push(HttpServerRequest request, Parameters parameters) {
        String id = Guest.idOf(parameters, trackingIds);
        if (id.isEmpty()) {
            answer(request, 400);
            return;
        }
        new PushedText(request, settings.limits().messageBytes())
                .read()
                .compose(text -> visits.push(id, text).map(Atmosphere::status))
                .otherwise(PushedText::status)
                .onSuccess(status -> answer(request, status));
    }

    private void leave(HttpServerRequest request, Parameters parameters) {
        String id = Guest.idOf(parameters, trackingIds);
        if (!id.isEmpty()) {
            visits.leave(id);
        }
        answer(request, 200);
    }

    private static int status(Reply reply) {
        return switch (reply) {
            case Reply.Done done -> 200;
            case Reply.Failure failure -> failure.code().httpStatus();
            default -> throw new IllegalStateException("Not an answer to a push: " + reply);
        };
    }

    private static void answer(HttpServerRequest request, int status) {
        if (!request.response().ended() && !request.response().closed()) {
            request.response().setStatusCode(status).end();
        }
    }
}
