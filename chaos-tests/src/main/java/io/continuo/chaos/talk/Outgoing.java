package io.continuo.chaos.talk;

import io.continuo.chaos.log.ClientLog;
import io.continuo.chaos.log.Line;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one client that are not acknowledged yet. Each is sent again under its own id until it is: on the next
 * socket, after an error that asks for it, or when no answer has come.
 */
final class Outgoing {
    private static final long LATE_MS = 20_000;
    private static final long AGAIN_MS = 500;
    private static final Set<String> TRANSIENT =
            Set.of("request_timeout", "service_unavailable", "rate_limit_exceeded", "internal_server_error");

    private final ClientLog log;
    private final Predicate<String> socket;
    private final Map<String, Message> waiting = new LinkedHashMap<>();
    private long requests;

    private static final class Message {
        final String conversation;
        final String id;
        int attempts;
        long dueMs;

        Message(String conversation, String id) {
            this.conversation = conversation;
            this.id = id;
        }
    }

    /** @param socket sends a text; false when there is no socket */
    Outgoing(ClientLog log, Predicate<String> socket) {
        this.log = log;
        this.socket = socket;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    void say(String conversation, String id) {
        Message message = new Message(conversation, id);
        waiting.put(id, message);
        send(message);
    }

    void repeatAll() {
        List.copyOf(waiting.values()).forEach(this::send);
    }

    void repeatLate(long nowMs) {
        waiting.values().stream()
                .filter(message -> message.dueMs < nowMs)
                .toList()
                .forEach(this::send);
    }

    private void send(Message message) {
        // The request's id names the message, so that an answer is understood on whatever socket it comes.
        String text =
                "{\"type\":\"request\",\"body\":{\"method\":\"Message.create\",\"request_id\":\"m." + ++requests + "."
                        + message.id + "\",\"object_id\":\"layer:///conversations/" + message.conversation
                        + "\",\"data\":{\"id\":\"layer:///messages/" + message.id
                        + "\",\"parts\":[{\"mime_type\":\"text/plain\",\"body\":\"said under " + message.id + "\"}]}}}";
        message.dueMs = System.currentTimeMillis() + LATE_MS;
        if (socket.test(text)) {
            message.attempts++;
            log.add(new Line.Sent(message.conversation, message.id, message.attempts));
        }
    }

    /** @param body of a response or signal */
    void answer(JsonObject body) {
        @Nullable String request = body.getString("request_id");
        if (request == null || !request.startsWith("m.")) {
            return;
        }
        Message message = waiting.get(request.substring(request.lastIndexOf('.') + 1));
        if (message == null) {
            return; // the answer to a repetition
        }
        String error =
                body.getBoolean("success") ? "" : body.getJsonObject("data").getString("id");
        if (error.isEmpty() || error.equals("id_in_use")) {
            waiting.remove(message.id);
            log.add(new Line.Acknowledged(message.conversation, message.id));
        } else if (TRANSIENT.contains(error)) {
            message.dueMs = System.currentTimeMillis() + AGAIN_MS;
        } else {
            waiting.remove(message.id);
            log.add(new Line.Refused(message.id, error));
        }
    }
}
