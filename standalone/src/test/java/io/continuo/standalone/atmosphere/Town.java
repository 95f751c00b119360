package io.continuo.standalone.atmosphere;

import io.continuo.common.admin.Readiness;
import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.LoginRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.redis.HeartbeatVerticle;
import io.continuo.common.redis.Keys;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.GatewayVerticle;
import io.continuo.messaging.MessagingVerticle;
import io.continuo.presence.PresenceVerticle;
import io.continuo.redis.EmbeddedRedis;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All services, and two gateways, on a Redis of their own. */
final class Town implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    private final EmbeddedRedis redis = EmbeddedRedis.temporary();
    private final ServiceClient services;
    private final GatewayVerticle here;
    private final GatewayVerticle there;

    Town() {
        RecordCodec.register(vertx);
        Settings settings = Settings.of(Map.of(
                "CONTINUO_REDIS", redis.uri(),
                "CONTINUO_PORT", "0",
                "CONTINUO_DEV_LOGIN", "true",
                "CONTINUO_PUBLIC_URL", "http://chat.example.test",
                "CONTINUO_SESSION_SECRET", "a secret that is just for the tests"));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        get(vertx.deployVerticle(new MessagingVerticle(settings, "m", meters)));
        get(vertx.deployVerticle(new PresenceVerticle(settings)));
        services = new ServiceClient(vertx, new Partitions(settings.redis().partitions()));
        here = GatewayVerticle.alone(settings, "here", new Readiness(), meters);
        there = GatewayVerticle.alone(settings, "there", new Readiness(), meters);
        get(vertx.deployVerticle(here));
        get(vertx.deployVerticle(there));
        for (String node : List.of("here", "there")) {
            get(vertx.deployVerticle(new HeartbeatVerticle(settings.redis(), node, meters)));
        }
    }

    String here() {
        return "http://localhost:" + here.port();
    }

    String there() {
        return "http://localhost:" + there.port();
    }

    /** The newest {@code count} entries are all that is left of a user's history. */
    void trim(String user, int count) {
        Redis client = Redis.createClient(vertx, redis.uri());
        get(client.send(
                Request.cmd(Command.XTRIM).arg(Keys.history(user)).arg("MAXLEN").arg(count)));
        client.close();
    }

    /** The store comes back without a user's history, nor where it is to be delivered. */
    void lose(String user) {
        Redis client = Redis.createClient(vertx, redis.uri());
        get(client.send(Request.cmd(Command.DEL).arg(Keys.history(user)).arg(Keys.client(user))));
        client.close();
        vertx.eventBus().publish(Addresses.GATEWAYS, new GatewayMessage.StoreReturned());
    }

    /** Of a user who has a login. */
    String apiKey(String user) {
        get(services.ask(new LoginRequest.SetLogin("", user, user + "@example.test", "secret1", true)));
        return get(services.ask(new LoginRequest.CreateApiKey(user, "board"))) instanceof Reply.ApiKeyMade made
                ? made.key()
                : "";
    }

    /** Ends all that a user's logins have brought, but for API keys. */
    void endSessions(String user) {
        get(services.ask(new SessionRequest.RevokeSessions(user)));
    }

    /** Somebody with a Layer socket. */
    final class Person {
        final Rest rest;
        final Socket socket;

        Person(String user) throws Exception {
            rest = Rest.login(here(), user, "3.0");
            socket = Socket.open(here(), rest.token(), "layer-3.0", "", packet -> {});
        }

        /** By a session token, which is a hash too. */
        Visitor visitor() {
            return new Visitor(rest.token());
        }

        String converse(String with) throws Exception {
            String id = Rest.newId("conversations");
            ask(
                    "Conversation.create",
                    null,
                    new JsonObject().put("id", id).put("participants", new JsonArray().add(with)));
            return id;
        }

        void say(String conversation, String text) throws Exception {
            JsonObject part = new JsonObject().put("mime_type", "text/plain").put("body", text);
            ask("Message.create", conversation, new JsonObject().put("parts", new JsonArray().add(part)));
        }

        void appear(String status) throws Exception {
            ask(
                    "Presence.update",
                    null,
                    new JsonArray(List.of(new JsonObject()
                            .put("operation", "set")
                            .put("property", "status")
                            .put("value", status))));
        }

        JsonObject ask(String method, @Nullable String object, @Nullable Object data) throws Exception {
            JsonObject answer = socket.request(method, object, data).get(20, TimeUnit.SECONDS);
            if (!answer.getBoolean("success")) {
                throw new AssertionError(answer.encode());
            }
            return answer;
        }
    }

    @Override
    public void close() {
        get(vertx.close());
        redis.close();
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(40, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
