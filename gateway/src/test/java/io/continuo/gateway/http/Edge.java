package io.continuo.gateway.http;

import static io.continuo.gateway.testing.Awaiting.get;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.BusMessage;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.admission.Admission;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.SessionToken;
import io.continuo.gateway.dialect.Renderers;
import io.continuo.gateway.metrics.RequestMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** All routes on a real server and a free port, and a stand-in for the messaging service. */
final class Edge implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    final Router router;
    final Authenticator authenticator;

    /** What the service was asked, but for whether sessions live. */
    final List<MessagingRequest> asked = new CopyOnWriteArrayList<>();

    /** How often the service was asked whether a session lives. */
    final List<SessionRequest.CheckSession> checked = new CopyOnWriteArrayList<>();

    volatile Function<MessagingRequest, Reply> service = Edge::usual;

    private Edge(Map<String, String> environment, Path dataDir) {
        Map<String, String> all = new HashMap<>(Map.of(
                "CONTINUO_SESSION_SECRET", "a secret that is just for the tests",
                "CONTINUO_DEV_LOGIN", "true",
                "CONTINUO_DATA_DIR", dataDir.toString()));
        all.putAll(environment);
        Settings settings = Settings.of(all);
        RecordCodec.register(vertx);
        vertx.eventBus().<BusMessage>consumer(Addresses.MESSAGING, message -> message.reply(answer(message.body())));
        authenticator = get(Authenticator.create(vertx, settings.auth()));
        ServiceClient services = new ServiceClient(vertx, new Partitions(64));
        Renderers renderers = GatewayHttp.renderers(settings);
        Admission admission = new Admission(vertx, "loop", settings.admission(), 1, new SimpleMeterRegistry());
        router = GatewayHttp.router(
                vertx,
                settings,
                services,
                authenticator,
                admission,
                renderers,
                new RequestMetrics(new SimpleMeterRegistry()),
                new ChatPage("test-web"));
        server = get(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    static Edge start(Path dataDir) {
        return start(dataDir, Map.of());
    }

    static Edge start(Path dataDir, Map<String, String> environment) {
        return new Edge(environment, dataDir);
    }

    String base() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    String token(String user) {
        return session(user).token();
    }

    SessionToken session(String user) {
        return authenticator.issue(user, Duration.ofMinutes(5));
    }

    /** A request in version 2.0 as {@code user}. */
    HttpRequest.Builder as(String user, String path) {
        return layer(path).header("Authorization", "Layer session-token=\"" + token(user) + "\"");
    }

    /** A request in version 2.0 as nobody. */
    HttpRequest.Builder layer(String path) {
        return bare(path).header("Accept", "application/vnd.layer+json; version=2.0");
    }

    /** A request without headers. */
    HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base() + path));
    }

    HttpResponse<String> post(HttpRequest.Builder request, String json) {
        return send(request.POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')))
                .header("Content-Type", "application/json"));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(15)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    static JsonArray list(HttpResponse<String> response) {
        return new JsonArray(response.body());
    }

    /** Sessions of an hour; everything else is done. */
    static Reply usual(MessagingRequest request) {
        return switch (request) {
            case SessionRequest.OpenSession ignored -> new Reply.SessionOpened(7_000, 3_600);
            case SessionRequest.RenewSession ignored -> new Reply.SessionOpened(9_000, 3_600);
            default -> Reply.Done.INSTANCE;
        };
    }

    static Reply refuse(ErrorCode code) {
        return Reply.Failure.of(code, "No.");
    }

    private Reply answer(BusMessage message) {
        MessagingRequest request = (MessagingRequest) message;
        if (request instanceof SessionRequest.CheckSession check) {
            checked.add(check);
        } else {
            asked.add(request);
        }
        return service.apply(request);
    }

    @Override
    public void close() {
        client.close();
        get(vertx.close());
    }
}
