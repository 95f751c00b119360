package io.continuo.chaos.talk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** REST calls through the balancer, each tried until it is answered. Blocks. */
final class Rest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ONE_TRY = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int PAGE = 100;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ONE_TRY)
            .build();
    private final URI balancer;

    Rest(URI balancer) {
        this.balancer = balancer;
    }

    /** Logs in by the development login; answers the session token. */
    String login(String user) {
        HttpRequest request = HttpRequest.newBuilder(balancer.resolve("/dev/session"))
                .header("Content-Type", "application/json")
                .timeout(ONE_TRY)
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("user_id", user).encode()))
                .build();
        return new JsonObject(insist(request, 201).body()).getString("session_token");
    }

    /** Makes a conversation with a chosen id. */
    void converse(String token, String conversation, List<String> users) {
        JsonObject body = new JsonObject()
                .put("id", "layer:///conversations/" + conversation)
                .put("participants", new JsonArray(users));
        insist(
                request(token, "/conversations")
                        .POST(BodyPublishers.ofString(body.encode()))
                        .build(),
                201,
                409);
    }

    /** A user's conversations, and where the user's history ends. */
    Conversations conversations(String token) {
        HttpResponse<String> response =
                insist(request(token, "/conversations?page_size=" + PAGE).GET().build(), 200);
        List<JsonObject> all = new ArrayList<>();
        new JsonArray(response.body()).forEach(each -> all.add((JsonObject) each));
        return new Conversations(
                all, response.headers().firstValue("Continuo-Position").orElseThrow());
    }

    /** What {@link #conversations} answers. */
    record Conversations(List<JsonObject> all, String position) {}

    /** The bare ids of a conversation's messages, oldest first. */
    List<String> messages(String token, String conversation) {
        List<String> ids = new ArrayList<>();
        boolean more = true;
        while (more) {
            String from = ids.isEmpty() ? "" : "&from_id=layer:///messages/" + ids.getLast();
            String path = "/conversations/" + conversation + "/messages?page_size=" + PAGE + from;
            JsonArray page = new JsonArray(
                    insist(request(token, path).GET().build(), 200).body());
            page.forEach(message -> ids.add(Client.uuid(((JsonObject) message).getString("id"))));
            more = page.size() == PAGE;
        }
        Collections.reverse(ids);
        return ids;
    }

    private HttpRequest.Builder request(String token, String path) {
        return HttpRequest.newBuilder(balancer.resolve(path))
                .timeout(ONE_TRY)
                .header("Accept", "application/vnd.layer+json; version=2.0")
                .header("Content-Type", "application/json")
                .header("Authorization", "Layer session-token=\"" + token + "\"");
    }

    private HttpResponse<String> insist(HttpRequest request, Integer... good) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String failure = "not tried";
        while (System.nanoTime() < deadline) {
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (List.of(good).contains(response.statusCode())) {
                    return response;
                }
                failure = response.statusCode() + " " + response.body();
                Thread.sleep(PAUSE);
            } catch (IOException cut) {
                failure = cut.toString();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        throw new IllegalStateException(request.method() + " " + request.uri().getPath() + ": " + failure);
    }

    @Override
    public void close() {
        http.close();
    }
}
