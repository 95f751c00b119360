package io.continuo.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A socket's other end, which keeps all packets that it gets. */
final class TestClient {
    final List<JsonObject> packets = new CopyOnWriteArrayList<>();

    private volatile @Nullable WebSocket socket;
    private volatile boolean closed;

    void opened(WebSocket opened) {
        socket = opened;
    }

    void receive(Buffer packet) {
        packets.add(packet.toJsonObject());
    }

    void closed() {
        closed = true;
    }

    WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    TestClient request(String method, String id, Object data) {
        return request(method, id, null, data);
    }

    TestClient request(String method, String id, @Nullable String objectId, Object data) {
        JsonObject body =
                new JsonObject().put("method", method).put("request_id", id).put("data", data);
        if (objectId != null) {
            body.put("object_id", objectId);
        }
        return send(new JsonObject().put("type", "request").put("body", body).encode());
    }

    TestClient send(String text) {
        socket().writeTextMessage(text);
        return this;
    }

    /** The packets, once there are so many. */
    List<JsonObject> packets(int count) {
        await().untilAsserted(() -> assertThat(packets.size()).as("packets").isGreaterThanOrEqualTo(count));
        return packets;
    }

    /** The response's body. */
    JsonObject response(String id) {
        await().until(() -> packets.stream().anyMatch(packet -> isResponse(packet, id)));
        return body(packets.stream()
                .filter(packet -> isResponse(packet, id))
                .findFirst()
                .orElseThrow());
    }

    /** The code with which the socket was closed. */
    int closeCode() {
        await().until(() -> closed);
        return socket().closeStatusCode();
    }

    List<String> positions() {
        return packets.stream()
                .filter(packet -> packet.containsKey("position"))
                .map(packet -> packet.getString("position"))
                .toList();
    }

    static JsonObject body(JsonObject packet) {
        return packet.getJsonObject("body");
    }

    private static boolean isResponse(JsonObject packet, String id) {
        return packet.getString("type").equals("response")
                && id.equals(body(packet).getString("request_id"));
    }
}
