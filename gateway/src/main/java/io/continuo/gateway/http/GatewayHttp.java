package io.continuo.gateway.http;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.admission.Admission;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.Secret;
import io.continuo.gateway.content.ContentLinks;
import io.continuo.gateway.content.ContentStore;
import io.continuo.gateway.dialect.Renderers;
import io.continuo.gateway.login.Hashes;
import io.continuo.gateway.metrics.RequestMetrics;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.MethodOverrideHandler;
import java.time.Clock;
import java.util.Set;

/** Wires everything that answers HTTP on one event loop. */
public final class GatewayHttp {
    private GatewayHttp() {}

    /**
     * The renderers of one event loop, for its routes and its sockets.
     *
     * @throws IllegalStateException when there is no session secret
     */
    public static Renderers renderers(Settings settings) {
        return new Renderers(settings.http().layer1Patch(), contentLinks(settings));
    }

    /** All routes; upgrades to sockets are not among them. */
    public static Router router(
            Vertx vertx,
            Settings settings,
            ServiceClient services,
            Authenticator authenticator,
            Admission admission,
            Renderers renderers,
            RequestMetrics metrics) {
        return router(vertx, settings, services, authenticator, admission, renderers, metrics, new ChatPage("web"));
    }

    static Router router(
            Vertx vertx,
            Settings settings,
            ServiceClient services,
            Authenticator authenticator,
            Admission admission,
            Renderers renderers,
            RequestMetrics metrics,
            ChatPage page) {
        Router router = Router.router(vertx);
        Calls calls = new Calls(new BaseUrl(settings.http()), renderers);
        SessionGate gate = new SessionGate(authenticator, services, Clock.systemUTC());
        ContentStore contents = new ContentStore(
                vertx, settings.node().dataDir().toAbsolutePath().resolve("content"));
        vertx.eventBus().<GatewayMessage>consumer(Addresses.GATEWAYS, news -> {
            if (news.body() instanceof GatewayMessage.DropContent drop) {
                drop.contentIds().forEach(contents::drop);
            }
            switch (news.body()) {
                case GatewayMessage.EndSession end -> gate.forget(end.sessionId());
                case GatewayMessage.EndSessions ignored -> gate.forgetAll();
                case GatewayMessage.SuspendUser ignored -> gate.forgetAll();
                case GatewayMessage.StoreReturned ignored -> gate.forgetAll();
                default -> {}
            }
        });
        Endpoints endpoints = new Endpoints(
                router,
                calls,
                gate,
                new BackendGate(settings.auth().apps()),
                settings.limits().messageBytes());

        router.route()
                .failureHandler(new Failures(calls, authenticator))
                .handler(new Arrivals(metrics))
                .handler(new Cors(Set.copyOf(settings.http().allowedOrigins())));
        router.post().handler(MethodOverrideHandler.create());
        page.addTo(router);
        page.addTo(endpoints);
        new RootRoutes(gate, page).addTo(endpoints);
        new DescriptionRoutes(vertx).addTo(endpoints);
        new SessionRoutes(authenticator, services, gate, admission).addTo(endpoints);
        authenticator
                .development()
                .map(provider -> new DevelopmentRoutes(provider, new OpenSessions(authenticator, services), admission))
                .ifPresent(routes -> routes.addTo(endpoints));
        Answers answers = new Answers(services);
        Readers readers = new Readers(settings.limits());
        new OperationRoutes(answers, readers).addTo(endpoints);
        new ServerRoutes(answers, services, readers).addTo(endpoints);
        new SubjectRoutes(services).addTo(endpoints);
        new LoginRoutes(services, new Hashes(vertx, services, authenticator), authenticator.apps()).addTo(endpoints);
        new ContentRoutes(
                        services,
                        contents,
                        contentLinks(settings),
                        settings.limits().contentBytes())
                .addTo(endpoints);
        endpoints.refuseTheRest();
        return router;
    }

    private static ContentLinks contentLinks(Settings settings) {
        return new ContentLinks(Secret.of(settings.auth()), Clock.systemUTC());
    }
}
