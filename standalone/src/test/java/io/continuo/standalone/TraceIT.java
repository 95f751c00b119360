package io.continuo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.EmbeddedRedis;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.client.Socket;
import io.continuo.standalone.process.ContinuoProcess;
import io.continuo.standalone.process.Processes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One id leads through the logs of all processes that had to do with a request. */
class TraceIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void aRequestIsFollowedThroughTheLogsOfThreeProcesses() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.temporary();
                Processes cluster = new Processes(
                        redis.uri(), Map.of("CONTINUO_LOG_FORMAT", "json", "CONTINUO_LOG_LEVEL", "debug"))) {
            ContinuoProcess messaging = cluster.startMessaging();
            ContinuoProcess presence = cluster.startPresence();
            ContinuoProcess gateway = cluster.startGateway();
            String base = gateway.url();
            Rest ines = Rest.login(base, "ines");
            Rest omar = Rest.login(base, "omar");
            List<JsonObject> heard = new CopyOnWriteArrayList<>();
            Socket socket = Socket.open(base, omar.token(), "layer-2.0", "", heard::add);
            String conversation = Rest.newId("conversations");
            ines.post(
                    "/conversations",
                    new JsonObject().put("id", conversation).put("participants", new JsonArray().add("omar")));

            HttpResponse<String> said = say(base, ines, conversation);
            assertThat(said.statusCode()).isEqualTo(201);
            assertThat(said.headers().firstValue("X-Request-Id")).hasValue(TRACE);
            await().until(() ->
                    heard.stream().anyMatch(packet -> packet.encode().contains("traced")));
            socket.send(new JsonObject("""
                    {"type": "signal", "body": {"type": "typing_indicator", "object": {"id": "%s"},
                     "request_id": "typing", "data": {"action": "started"}}}""".formatted(conversation)));
            await().until(() ->
                    heard.stream().anyMatch(packet -> packet.encode().contains("\"request_id\":\"typing\"")));
            socket.cut();
            socket.closed().get(10, TimeUnit.SECONDS);

            for (ContinuoProcess process : List.of(gateway, presence, messaging)) {
                assertThat(process.stop()).isZero();
            }
            assertThat(of(TRACE, gateway)).anyMatch(line -> line.contains("Message.create"));
            assertThat(of(TRACE, gateway)).anyMatch(line -> line.contains("MessageCreated is written to"));
            assertThat(of(TRACE, messaging)).anyMatch(line -> line.contains("Executes CreateMessage"));
            assertThat(of(TRACE, messaging)).anyMatch(line -> line.contains("Fanned out MessageCreated"));

            // A packet on a socket is given an id by the gateway.
            String typing = presence.log().stream()
                    .filter(line -> line.contains("Executes Type"))
                    .map(line -> new JsonObject(line).getJsonObject("mdc").getString("trace"))
                    .findFirst()
                    .orElseThrow();
            assertThat(of(typing, gateway)).isNotEmpty();
            assertThat(of(typing, messaging)).anyMatch(line -> line.contains("Executes GetAudience"));
        }
    }

    private static HttpResponse<String> say(String base, Rest who, String conversation) throws Exception {
        JsonObject part = new JsonObject().put("mime_type", "text/plain").put("body", "traced");
        URI uri = URI.create(base + conversation.substring("layer://".length()) + "/messages");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/vnd.layer+json; version=2.0")
                .header("Content-Type", "application/json")
                .header("Authorization", "Layer session-token=\"" + who.token() + "\"")
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("parts", new JsonArray().add(part)).encode()))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    /** The lines of a process's log that bear an id, in their JSON. */
    private static List<String> of(String trace, ContinuoProcess process) throws Exception {
        return process.log().stream()
                .filter(line -> line.startsWith("{"))
                .filter(line -> trace.equals(new JsonObject(line)
                        .getJsonObject("mdc", new JsonObject())
                        .getString("trace")))
                .toList();
    }
}
