package io.continuo.standalone.client;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. Insists on counters 0, 1, 2, … and, once it is live, on positions that only grow; what is wrong is
 * kept in {@link #faults}.
 */
public final class Socket implements WebSocket.Listener {
    private final Consumer<JsonObject> onPacket;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, CompletableFuture<JsonObject>> requests = new ConcurrentHashMap<>();
    private final AtomicLong requestIds = new AtomicLong();
    private final List<String> faults = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile long lastCounter = -1;
    private @Nullable WebSocket socket;

    private Socket(Consumer<JsonObject> onPacket) {
        this.onPacket = onPacket;
    }

    /**
     * @param query what follows the token, such as {@code &since=1-2}, or nothing
     * @param onPacket called for each packet, one at a time, in their order
     */
    public static Socket open(String base, String token, String dialect, String query, Consumer<JsonObject> onPacket)
            throws Exception {
        Socket socket = new Socket(onPacket);
        URI uri = URI.create(base.replaceFirst("^http", "ws") + "/websocket?session_token=" + token + query);
        socket.socket = Rest.HTTP
                .newWebSocketBuilder()
                .subprotocols(dialect)
                .buildAsync(uri, socket)
                .get(20, TimeUnit.SECONDS);
        return socket;
    }

    /** Sends a request; the answer is the whole {@code body} of the response. */
    public synchronized CompletableFuture<JsonObject> request(
            String method, @Nullable String objectId, @Nullable Object data) {
        String id = "r" + requestIds.incrementAndGet();
        JsonObject body = new JsonObject().put("method", method).put("request_id", id);
        if (objectId != null) {
            body.put("object_id", objectId);
        }
        if (data != null) {
            body.put("data", data);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        requests.put(id, answer);
        send(new JsonObject().put("type", "request").put("body", body));
        return answer;
    }

    public synchronized void send(JsonObject packet) {
        WebSocket open = socket;
        if (open != null) {
            open.sendText(packet.encode(), true).join();
        }
    }

    /** Ends the connection as a pulled cable would: without a word. */
    public void cut() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        end(1006);
    }

    private void end(int code) {
        closed.complete(code);
        requests.values().forEach(request -> request.completeExceptionally(new IllegalStateException("closed")));
    }

    /** The close code, once it is closed. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    public long lastCounter() {
        return lastCounter;
    }

    /** What was against the protocol; empty when all is well. */
    public List<String> faults() {
        synchronized (faults) {
            return List.copyOf(faults);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            JsonObject packet = new JsonObject(text.toString());
            text.setLength(0);
            take(packet);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        end(code);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        end(1006);
    }

    private void take(JsonObject packet) {
        long counter = packet.getLong("counter", -2L);
        if (counter != lastCounter + 1) {
            synchronized (faults) {
                faults.add("counter " + counter + " after " + lastCounter);
            }
        }
        lastCounter = counter;
        try {
            onPacket.accept(packet);
        } catch (RuntimeException indigestible) {
            synchronized (faults) {
                faults.add(indigestible + " at " + packet.encode());
            }
        }
        if ("response".equals(packet.getString("type"))) {
            JsonObject body = packet.getJsonObject("body");
            String id = body.getString("request_id");
            CompletableFuture<JsonObject> request = id == null ? null : requests.remove(id);
            if (request != null) {
                request.complete(body);
            }
        }
    }
}
