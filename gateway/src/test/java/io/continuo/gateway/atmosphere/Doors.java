package io.continuo.gateway.atmosphere;

import static io.continuo.gateway.testing.Awaiting.get;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.admission.Admission;
import io.continuo.gateway.atmosphere.visit.VisitMetrics;
import io.continuo.gateway.socket.frame.CloseCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two event loops of a gateway, each on a port of its own, before one {@link NewsRoom}; and clients of them. */
final class Doors implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final NewsRoom room = new NewsRoom();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final FakeVisits visits;
    private final VisitMetrics metrics = new VisitMetrics(meters);
    final List<Door> doors = new ArrayList<>();
    private final List<String> deployments = new ArrayList<>();
    private final HttpClient http = vertx.createHttpClient();
    private final WebSocketClient sockets = vertx.createWebSocketClient();

    Doors(Map<String, String> more) {
        Map<String, String> variables =
                new HashMap<>(Map.of("CONTINUO_SESSION_SECRET", "a-secret-for-tests-that-is-long-enough"));
        variables.putAll(more);
        RecordCodec.register(vertx);
        visits = new FakeVisits(vertx);
        for (int i = 0; i < 2; i++) {
            Door door = new Door(Settings.of(variables), i);
            doors.add(door);
            deployments.add(get(vertx.deployVerticle(door)));
        }
    }

    /** One event loop. */
    final class Door extends VerticleBase {
        private final Settings settings;
        private final String address;
        private @Nullable HttpServer server;
        private @Nullable Atmosphere atmosphere;

        Door(Settings settings, int index) {
            this.settings = settings;
            address = Addresses.loop("test", index);
        }

        @Override
        public Future<?> start() {
            ServiceClient services = new ServiceClient(vertx, new Partitions(8));
            Admission admission = new Admission(vertx, address, settings.admission(), 1, new SimpleMeterRegistry());
            Atmosphere opened = new Atmosphere(vertx, settings, address, services, admission, room, metrics);
            HttpServer listening = vertx.createHttpServer(new HttpServerOptions().setStrictThreadMode(true))
                    .requestHandler(opened::handle);
            server = listening;
            atmosphere = opened;
            return opened.start().compose(started -> listening.listen(0, "localhost"));
        }

        /** Sends everybody away, as a node that is to stop. */
        void drain() {
            context.runOnContext(now -> {
                Objects.requireNonNull(atmosphere).drain();
                atmosphere.clients().forEach(client -> client.retire(CloseCode.RESTART));
            });
        }

        int clients() {
            return Objects.requireNonNull(atmosphere).size();
        }

        int port() {
            return Objects.requireNonNull(server).actualPort();
        }
    }

    /** Ends a door without a word, as a node that is killed. */
    void kill(int door) {
        get(vertx.undeploy(deployments.get(door)));
    }

    static String query(String transport, String trackingId, int major) {
        return "/event/subscription?X-Atmosphere-tracking-id=" + trackingId + "&X-Atmosphere-Framework=" + major
                + ".0.0-javascript&X-Atmosphere-Transport=" + transport + "&X-atmo-protocol=true";
    }

    Client socket(int door, String uri) {
        Client client = new Client();
        client.socket = get(sockets.webSocket()
                .textMessageHandler(client.texts::add)
                .closeHandler(nothing -> client.closed = true)
                .connect(new WebSocketConnectOptions()
                        .setHost("localhost")
                        .setPort(doors.get(door).port())
                        .setURI(uri)
                        .setAllowOriginHeader(false)));
        return client;
    }

    /** A client that does not read; closed by the test or the end of the process. */
    Sleeper sleeper(int door, String uri) throws java.io.IOException {
        return new Sleeper(doors.get(door).port(), uri);
    }

    /** A request that is held; what comes is in its chunks. */
    Client held(int door, String uri) {
        return held(door, uri, Map.of());
    }

    Client held(int door, String uri, Map<String, String> headers) {
        Client client = new Client();
        RequestOptions options = options(door, HttpMethod.GET, uri);
        headers.forEach(options::putHeader);
        onALoop(() -> http.request(options).compose(request -> request.send()).onSuccess(response -> {
            client.response = response;
            response.request().connection().closeHandler(nothing -> client.cutOff = true);
            response.handler(chunk -> client.texts.add(chunk.toString()));
            response.endHandler(nothing -> client.closed = true);
            response.exceptionHandler(failure -> client.closed = true);
        }));
        return client;
    }

    /** What a request is answered, to its end. */
    Answer ask(int door, HttpMethod method, String uri, String body, Map<String, String> headers) {
        RequestOptions options = options(door, method, uri);
        headers.forEach(options::putHeader);
        return onALoop(() -> http.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response ->
                        response.body().map(read -> new Answer(response.statusCode(), read.toString(), response))));
    }

    /** Elsewhere a response may be over before anybody listens to it. */
    private <T> T onALoop(Supplier<Future<T>> asking) {
        return get(
                Future.future(promise -> vertx.runOnContext(here -> asking.get().onComplete(promise))));
    }

    record Answer(int status, String body, HttpClientResponse response) {}

    int push(int door, String trackingId, String text) {
        Answer answer = ask(door, HttpMethod.POST, query("polling", trackingId, 2), text, Map.of());
        org.assertj.core.api.Assertions.assertThat(answer.body()).isEmpty();
        return answer.status();
    }

    private RequestOptions options(int door, HttpMethod method, String uri) {
        return new RequestOptions()
                .setMethod(method)
                .setHost("localhost")
                .setPort(doors.get(door).port())
                .setURI(uri);
    }

    @Override
    public void close() {
        get(vertx.close());
    }

    /** One socket, or one held request. */
    static final class Client {
        final List<String> texts = new CopyOnWriteArrayList<>();
        volatile boolean closed;
        private volatile boolean cutOff;
        volatile io.vertx.core.http.@Nullable WebSocket socket;
        volatile @Nullable HttpClientResponse response;

        void say(String text) {
            get(Objects.requireNonNull(socket).writeTextMessage(text));
        }

        /** The tracking id of the hello, which must have been the first text. */
        String trackingId() {
            org.awaitility.Awaitility.await().until(() -> !texts.isEmpty());
            String[] fields = texts.getFirst().split("\\|", -1);
            return fields.length == 5 ? fields[1] : fields[0];
        }

        /** Whether the connection has ended, not just the answer. */
        boolean isCutOff() {
            return cutOff;
        }

        /** Resets the connection. */
        void cut() {
            if (socket instanceof io.vertx.core.internal.http.WebSocketInternal internal) {
                internal.channelHandlerContext().channel().close();
            } else if (response != null) {
                get(response.request().connection().close());
            }
        }

        @Nullable Short closeCode() {
            return Objects.requireNonNull(socket).closeStatusCode();
        }
    }
}
