package io.continuo.standalone.guide;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.continuo.standalone.client.Socket;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Says the lines of an example to a server, and listens whether it answers as the example shows. */
final class Play {
    private static final int PATIENCE_SECONDS = 15;
    private static final String SOCKET = "GET /websocket?session_token=";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final Names names;
    private final Map<String, HttpResponse<String>> answers = new HashMap<>();
    private final Map<String, Socket> sockets = new HashMap<>();
    private final Map<String, BlockingQueue<String>> packets = new HashMap<>();

    Play(String base, Names names) {
        this.base = base;
        this.names = names;
    }

    /** @throws AssertionError when the server says something else */
    void play(Line line) throws Exception {
        if (!line.sent()) {
            expect(line);
        } else if (line.head().equals("close")) {
            socket(line).cut();
        } else if (line.head().startsWith(SOCKET)) {
            open(line);
        } else if (line.head().isEmpty()) {
            socket(line).send(new JsonObject(names.fill(line.json())));
        } else {
            answers.put(line.who(), call(line));
        }
    }

    private void open(Line line) throws Exception {
        String query = names.fill(line.head().substring(SOCKET.length()));
        int more = query.indexOf('&');
        String token = more < 0 ? query : query.substring(0, more);
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        packets.put(line.who(), queue);
        sockets.put(
                line.who(),
                Socket.open(
                        base,
                        token,
                        line.headers().getOrDefault("Sec-WebSocket-Protocol", "layer-2.0"),
                        more < 0 ? "" : query.substring(more),
                        packet -> queue.add(packet.encode())));
    }

    private HttpResponse<String> call(Line line) throws Exception {
        String[] words = line.head().split(" ", 2);
        String path = names.fill(words[1]);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .method(words[0], BodyPublishers.ofString(names.fill(line.json())))
                .setHeader("Accept", "application/vnd.layer+json; version=2.0")
                .setHeader("Content-Type", "application/json");
        String token = names.get(line.who());
        if (token != null) {
            request.setHeader("Authorization", "Layer session-token=\"" + token + '"');
        }
        line.headers().forEach((name, value) -> request.setHeader(name, names.fill(value)));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void expect(Line line) throws InterruptedException {
        if (line.head().isEmpty()) {
            String packet = queue(line).poll(PATIENCE_SECONDS, SECONDS);
            check(packet != null && names.match(line.json(), packet), line, packet);
        } else if (line.head().equals("101")) {
            check(sockets.containsKey(line.who()), line, null);
        } else if (line.head().startsWith("closed ")) {
            int code =
                    socket(line).closed().orTimeout(PATIENCE_SECONDS, SECONDS).join();
            check(line.head().equals("closed " + code), line, "closed " + code);
        } else {
            expectAnswer(line);
        }
    }

    private void expectAnswer(Line line) {
        HttpResponse<String> answer = answers.get(line.who());
        if (answer == null) {
            throw new AssertionError("docs/protocol.md, line " + line.number() + ": nothing was asked before");
        }
        String seen = answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
        check(line.head().equals(Integer.toString(answer.statusCode())), line, seen);
        line.headers()
                .forEach((name, shown) -> check(
                        names.matchText(shown, answer.headers().firstValue(name).orElse(null)), line, seen));
        check(line.json().isEmpty() || names.match(line.json(), answer.body()), line, seen);
    }

    private Socket socket(Line line) {
        return Objects.requireNonNull(sockets.get(line.who()), () -> line + " comes before its socket");
    }

    private BlockingQueue<String> queue(Line line) {
        return Objects.requireNonNull(packets.get(line.who()), () -> line + " comes before its socket");
    }

    private static void check(boolean holds, Line line, @Nullable String seen) {
        if (!holds) {
            throw new AssertionError("docs/protocol.md, line " + line.number() + " shows\n  " + line.head() + " "
                    + line.headers() + " " + line.json() + "\nbut there was\n  " + seen);
        }
    }

    /** What was against the protocol on any socket. */
    void end() {
        sockets.forEach((who, socket) -> {
            if (!socket.faults().isEmpty()) {
                throw new AssertionError(who + ": " + socket.faults());
            }
            socket.cut();
        });
    }
}
