package io.continuo.standalone.atmosphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of Atmosphere: one tracking id, over any number of sockets and polls, and all that it was sent. */
final class Visitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final List<JsonObject> heard = new CopyOnWriteArrayList<>();
    private final String hash;
    private volatile String trackingId = "0";
    private volatile @Nullable Line line;

    Visitor(String hash) {
        this.hash = hash;
    }

    /** Connects by a WebSocket, for the first time or again. */
    Visitor connect(String gateway) throws Exception {
        Line opened = new Line();
        line = opened;
        URI uri = URI.create(gateway.replaceFirst("^http", "ws") + query("websocket"));
        opened.socket = HTTP.newWebSocketBuilder().buildAsync(uri, opened).get(20, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> !trackingId.equals("0"));
        return this;
    }

    /** Polls until it is closed. */
    Visitor poll(String gateway) {
        Line polling = new Line();
        line = polling;
        polling.poller = Thread.startVirtualThread(() -> {
            while (polling == line) {
                take(ask(HttpRequest.newBuilder(URI.create(gateway + query("long-polling")))
                        .GET()));
            }
        });
        await().atMost(PATIENCE).until(() -> !trackingId.equals("0"));
        return this;
    }

    /** Says something by a POST, as who polls does. */
    void push(String gateway, JsonObject action) {
        ask(HttpRequest.newBuilder(URI.create(gateway + query("polling")))
                .POST(BodyPublishers.ofString(action.put("hash", hash).encode())));
    }

    void say(JsonObject action) {
        Objects.requireNonNull(Objects.requireNonNull(line).socket)
                .sendText(action.put("hash", hash).encode(), true)
                .join();
    }

    /** The answer to one request. */
    JsonObject ask(JsonObject action) {
        int before = heard.size();
        say(action);
        return answer(before);
    }

    /** The first answer or error among what was heard after the first {@code before}. */
    JsonObject answer(int before) {
        await().atMost(PATIENCE).until(() -> heard.stream().skip(before).anyMatch(Visitor::isAnswer));
        return heard.stream().skip(before).filter(Visitor::isAnswer).findFirst().orElseThrow();
    }

    static JsonObject subscribe(JsonObject... requests) {
        return action("subscribe", requests);
    }

    static JsonObject unsubscribe(JsonObject... requests) {
        return action("unsubscribe", requests);
    }

    private static JsonObject action(String action, JsonObject... requests) {
        return new JsonObject().put("action", action).put("requests", new JsonArray(List.of(requests)));
    }

    static JsonObject messages() {
        return new JsonObject().put("type", "messages");
    }

    static JsonObject messages(String since) {
        return messages().put("since", since);
    }

    static JsonObject presence(String... users) {
        JsonObject request = new JsonObject().put("type", "presence");
        return users.length == 0
                ? request
                : request.put(
                        "target",
                        new JsonObject().put("type", "selected").put("user_ids", new JsonArray(List.of(users))));
    }

    /** The packets that it was told as events. */
    List<JsonObject> packets() {
        return heard.stream()
                .filter(each -> "messages".equals(each.getString("event")))
                .map(each -> each.getJsonObject("data"))
                .toList();
    }

    /** The changes among these, with a position each. */
    List<JsonObject> changes() {
        return packets().stream()
                .filter(each -> "change".equals(each.getString("type")))
                .toList();
    }

    /** What the first parts of the messages said of which it was told, in their order. */
    List<String> texts() {
        return changes().stream()
                .map(each -> each.getJsonObject("body"))
                .filter(body -> "create".equals(body.getString("operation"))
                        && "Message".equals(body.getJsonObject("object").getString("type")))
                .map(body -> body.getJsonObject("data")
                        .getJsonArray("parts")
                        .getJsonObject(0)
                        .getString("body"))
                .toList();
    }

    /** The verdicts that it was told. */
    List<JsonObject> verdicts() {
        return packets().stream()
                .filter(each -> "operation".equals(each.getString("type")))
                .map(each -> each.getJsonObject("body"))
                .filter(body -> "Session.resumed".equals(body.getString("method")))
                .map(body -> body.getJsonObject("data"))
                .toList();
    }

    /** The statuses of a user that it was told, in their order. */
    List<String> statuses(String user) {
        return heard.stream()
                .filter(each -> "presence".equals(each.getString("event")))
                .flatMap(each -> each.getJsonArray("data").stream())
                .map(JsonObject.class::cast)
                .filter(change -> change.getJsonObject("object").getString("id").endsWith("/" + user))
                .map(change -> change.getJsonArray("data").getJsonObject(0).getString("value"))
                .toList();
    }

    void untilStatusOf(String user, String status) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(statuses(user)).endsWith(status));
    }

    void until(Predicate<Visitor> condition) {
        await().atMost(PATIENCE).until(() -> condition.test(this));
    }

    /** Ends the connection as a pulled cable would. */
    void cut() {
        Line open = line;
        line = null;
        if (open != null) {
            open.cut();
        }
    }

    @Override
    public void close() {
        cut();
    }

    private String query(String transport) {
        return "/event/subscription?X-Atmosphere-tracking-id=" + trackingId
                + "&X-Atmosphere-Framework=3.1.3-javascript&X-atmo-protocol=true&X-Atmosphere-Transport=" + transport;
    }

    private String ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(Duration.ofMinutes(2)).build(), BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (java.io.IOException | InterruptedException cut) {
            return "";
        }
    }

    private void take(String text) {
        if (text.startsWith("{")) {
            heard.add(new JsonObject(text));
        } else if (text.indexOf('|') > 0) {
            trackingId = text.substring(0, text.indexOf('|'));
        }
    }

    private static boolean isAnswer(JsonObject message) {
        return !"event".equals(message.getString("type"));
    }

    /** One connection; what comes on it once it is cut is not heard. */
    private final class Line implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
        private volatile @Nullable WebSocket socket;
        private volatile @Nullable Thread poller;

        void cut() {
            synchronized (heard) {
                gone.complete(null);
            }
            if (socket != null) {
                socket.abort();
            }
            if (poller != null) {
                poller.interrupt();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                synchronized (heard) {
                    if (!gone.isDone()) {
                        take(text.toString());
                    }
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
