package io.continuo.standalone.subject;

import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.SubjectWrite;
import io.continuo.common.model.SubjectWrite.FactsPatch;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.GatewayVerticle;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.messaging.MessagingVerticle;
import io.continuo.presence.PresenceVerticle;
import io.continuo.redis.EmbeddedRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Redis, both services and two gateways, all in this process, whose parts can be taken away. */
final class Town implements AutoCloseable {
    static final String CLOSED_APP = "closed";

    final ServiceClient services;
    private final EmbeddedRedis redis = EmbeddedRedis.temporary();
    private final Vertx vertx = Vertx.vertx();
    private final Settings settings;
    private final Authenticator authenticator;
    private final List<GatewayVerticle> gateways = new ArrayList<>();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private final HttpClient http = vertx.createHttpClient();
    private final Redis commands;
    private String messaging;
    private String presence;

    Town() throws Exception {
        Path apps = Files.writeString(Files.createTempFile("apps", ".json"), """
                {"apps": [{"tag": "%s", "ids": ["0c9cd49f-3a9c-4dbb-9a0e-5f0b1d9b7a55"], "suspended": true}]}""".formatted(CLOSED_APP));
        RecordCodec.register(vertx);
        settings = Settings.of(Map.of(
                "CONTINUO_REDIS", redis.uri(),
                "CONTINUO_SESSION_SECRET", "a secret that is just for the tests",
                "CONTINUO_PASSWORD_ROUNDS", "10000",
                "CONTINUO_APPS", apps.toString(),
                "CONTINUO_PORT", "0"));
        services = new ServiceClient(vertx, new Partitions(64));
        authenticator = Theatre.await(Authenticator.create(vertx, settings.auth()));
        commands = Redis.createClient(vertx, redis.uri());
        messaging = deployMessaging();
        presence = deployPresence();
        for (int i = 0; i < 2; i++) {
            GatewayVerticle gateway =
                    GatewayVerticle.alone(settings, "g" + i, new Readiness(), new SimpleMeterRegistry());
            Theatre.await(vertx.deployVerticle(gateway));
            gateways.add(gateway);
        }
    }

    private String deployMessaging() {
        return Theatre.await(vertx.deployVerticle(new MessagingVerticle(settings, "m", new SimpleMeterRegistry())));
    }

    private String deployPresence() {
        return Theatre.await(vertx.deployVerticle(new PresenceVerticle(settings)));
    }

    /** Does something while nobody answers for subjects. */
    void withoutPresence(Runnable action) {
        Theatre.await(vertx.undeploy(presence));
        action.run();
        presence = deployPresence();
    }

    /** Does something while nobody knows hashes. */
    void withoutMessaging(Runnable action) {
        Theatre.await(vertx.undeploy(messaging));
        action.run();
        messaging = deployMessaging();
    }

    /** A session token of somebody, who need not be known. */
    String token(String user) {
        return authenticator.issue(user, Duration.ofMinutes(10)).token();
    }

    /** A client on one of the gateways, without any library. */
    Caller call(int gateway) {
        Caller caller = new Caller();
        caller.socket(Theatre.await(sockets.webSocket()
                .textMessageHandler(caller::hear)
                .connect(new WebSocketConnectOptions()
                        .setHost("localhost")
                        .setPort(gateways.get(gateway).port())
                        .setURI("/event/subscription"))));
        return caller;
    }

    /** What a route answers. */
    JsonObject post(int gateway, String path, JsonObject body) {
        int port = gateways.get(gateway).port();
        // On a loop: elsewhere a response may be over before anybody listens to it.
        return Theatre.await(Future.future(promise ->
                vertx.runOnContext(here -> http.request(HttpMethod.POST, port, "localhost", path)
                        .compose(request -> request.putHeader("Content-Type", "application/json")
                                .send(Buffer.buffer(body.encode())))
                        .compose(response -> response.body())
                        .map(JsonObject::new)
                        .onComplete(promise))));
    }

    void own(long id, String owner) {
        ask(new SubjectRequest.Define(
                new SubjectId("", id),
                true,
                new FactsPatch(id + 1_000, "", owner, false, null, List.of(), List.of(), false),
                new SubjectWrite(id, true, "{\"n\":0}", null, null)));
    }

    void write(long id, int n) {
        ask(new SubjectRequest.Write("", List.of(new SubjectWrite(id, false, "{\"n\":" + n + "}", null, null))));
    }

    Reply ask(SubjectRequest request) {
        return Theatre.await(services.ask(request));
    }

    void redis(Command command, String... args) {
        Request request = Request.cmd(command);
        for (String arg : args) {
            request.arg(arg);
        }
        Theatre.await(commands.send(request));
    }

    @Override
    public void close() {
        Theatre.await(vertx.close());
        redis.close();
    }
}
