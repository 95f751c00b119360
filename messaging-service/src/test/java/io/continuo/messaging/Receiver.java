package io.continuo.messaging;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A backend that listens for webhooks, on a real port, and writes down what it is given. */
final class Receiver {
    private final Vertx vertx;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Function<Call, Integer> status = call -> 200;
    private volatile long delayMs;
    private volatile String echo = "";
    private volatile int highest;
    private int underWay;
    private HttpServer server;
    private int port;

    /** A delivery that came in. */
    record Call(String type, String requestId, io.vertx.core.MultiMap headers, String text) {
        JsonObject json() {
            return new JsonObject(text);
        }

        JsonObject event() {
            return json().getJsonObject("event");
        }

        /** The text of the message that it is about. */
        String said() {
            return json().getJsonObject("message")
                    .getJsonArray("parts")
                    .getJsonObject(0)
                    .getString("body");
        }
    }

    Receiver(Vertx vertx) throws Exception {
        this.vertx = vertx;
        open();
    }

    /** Listens, on the same port as before. */
    void open() throws Exception {
        server = Service.await(
                vertx.createHttpServer().requestHandler(this::take).listen(port, "127.0.0.1"));
        port = server.actualPort();
    }

    /** Is not there any more. */
    void close() throws Exception {
        Service.await(server.close());
    }

    String url() {
        return "http://127.0.0.1:" + port + "/hook";
    }

    /** Answers the verification with this instead of the challenge. */
    void echo(String word) {
        echo = word;
    }

    void answer(Function<Call, Integer> by) {
        status = by;
    }

    void delay(long ms) {
        delayMs = ms;
    }

    /** Deliveries so far, those that were refused included. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<String> said() {
        return calls.stream().map(Call::said).toList();
    }

    /** How many requests were under way at once at most. */
    int highest() {
        return highest;
    }

    private void take(HttpServerRequest request) {
        if (request.method() == HttpMethod.GET) {
            request.response().end(echo.isEmpty() ? request.getParam("verification_challenge") : echo);
            return;
        }
        highest = Math.max(highest, ++underWay);
        request.body().onSuccess(body -> {
            Call call = new Call(
                    request.getHeader("layer-webhook-event-type"),
                    request.getHeader("layer-webhook-request-id"),
                    request.headers(),
                    body.toString());
            int code = status.apply(call);
            calls.add(call);
            vertx.setTimer(Math.max(1, delayMs), timer -> {
                underWay--;
                request.response().setStatusCode(code).end();
            });
        });
    }
}
