package io.continuo.load.durability;

import io.continuo.load.figure.Histogram;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody who says one thing after another over a socket, each when the one before is acknowledged. */
final class Talker implements WebSocket.Listener, AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private static final String TEXT = "x".repeat(200);

    private final BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private final String conversation = id("conversations");

    Talker(HttpClient http, URI server, String user) throws Exception {
        HttpRequest login = HttpRequest.newBuilder(server.resolve("/dev/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("user_id", user).encode()))
                .build();
        HttpResponse<String> answer = http.send(login, BodyHandlers.ofString());
        String token = new JsonObject(answer.body()).getString("session_token");
        URI place = URI.create(server.toString().replaceFirst("^http", "ws") + "/websocket?session_token=" + token);
        CompletableFuture<WebSocket> opening =
                http.newWebSocketBuilder().subprotocols("layer-2.0").buildAsync(place, this);
        socket = opening.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        ask(
                "Conversation.create",
                null,
                new JsonObject().put("id", conversation).put("participants", new JsonArray().add(user)));
    }

    /** Talks for a while; answers how long each acknowledgement took. */
    Histogram talk(long nanos) throws Exception {
        Histogram taken = new Histogram();
        long end = System.nanoTime() + nanos;
        for (long now = System.nanoTime(); now < end; ) {
            JsonArray parts = new JsonArray()
                    .add(new JsonObject().put("mime_type", "text/plain").put("body", TEXT));
            ask(
                    "Message.create",
                    conversation,
                    new JsonObject().put("id", id("messages")).put("parts", parts));
            long then = now;
            now = System.nanoTime();
            taken.record(now - then);
        }
        return taken;
    }

    private void ask(String method, @Nullable String object, JsonObject data) throws Exception {
        JsonObject body =
                new JsonObject().put("method", method).put("request_id", "r").put("data", data);
        if (object != null) {
            body.put("object_id", object);
        }
        socket.sendText(
                        new JsonObject()
                                .put("type", "request")
                                .put("body", body)
                                .encode(),
                        true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Boolean done = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (done == null || !done) {
            throw new IOException(method + " was not acknowledged");
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String packet = text.toString();
            text.setLength(0);
            if (packet.startsWith("{\"type\":\"response\"")) {
                answers.offer(packet.contains("\"success\":true"));
            }
        }
        from.request(1);
        return null;
    }

    private static String id(String kind) {
        return "layer:///" + kind + "/" + UUID.randomUUID();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
