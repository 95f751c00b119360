package io.continuo.standalone.subject;

import static org.awaitility.Awaitility.await;

import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A hand-written client of event subscriptions, on a bare socket. */
final class Caller {
    private static final Set<String> ANSWERS = Set.of("response", "error");

    final List<JsonObject> messages = new CopyOnWriteArrayList<>();
    private volatile @Nullable WebSocket socket;

    void socket(WebSocket opened) {
        socket = opened;
    }

    void hear(String text) {
        if (text.startsWith("{")) {
            messages.add(new JsonObject(text));
        }
    }

    void say(String text) {
        Theatre.await(Objects.requireNonNull(socket).writeTextMessage(text));
    }

    /** What a message is answered. */
    JsonObject ask(String text) {
        long before = answers();
        say(text);
        await().pollInterval(Duration.ofMillis(5)).until(() -> answers() > before);
        return messages.stream()
                .filter(Caller::isAnswer)
                .skip(before)
                .findFirst()
                .orElseThrow();
    }

    JsonObject subscribe(String hash, JsonObject request) {
        return ask(new JsonObject()
                .put("action", "subscribe")
                .put("hash", hash)
                .put("requests", new JsonArray().add(request))
                .encode());
    }

    JsonObject subscribeToAll(String hash) {
        return subscribe(hash, all());
    }

    static JsonObject all() {
        return new JsonObject().put("type", "state_batch").put("target", new JsonObject().put("type", "all"));
    }

    List<JsonObject> events(String kind) {
        return messages.stream()
                .filter(message -> kind.equals(message.getString("event")))
                .toList();
    }

    /** What the states of batches said, in their order. */
    List<Integer> numbers() {
        return events("state_batch").stream()
                .flatMap(event -> event.getJsonArray("data").stream())
                .map(state -> ((JsonObject) state).getInteger("n"))
                .toList();
    }

    @Nullable Short closeCode() {
        return Objects.requireNonNull(socket).closeStatusCode();
    }

    private long answers() {
        return messages.stream().filter(Caller::isAnswer).count();
    }

    private static boolean isAnswer(JsonObject message) {
        return ANSWERS.contains(message.getString("type"));
    }
}
