package io.continuo.load.server;

import io.continuo.load.wire.LoadClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.IntStream;

/** Logs users in by the development login of a server. Blocking. */
public final class DevLogin implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI login;

    /** @param server where it serves, such as {@code http://localhost:8080} */
    public DevLogin(URI server) {
        login = server.resolve("/dev/session");
    }

    /** Logs in {@code count} new users whose names begin with {@code prefix}. */
    public List<LoadClient> clients(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> client(prefix + i)).toList();
    }

    private LoadClient client(String user) {
        HttpRequest request = HttpRequest.newBuilder(login)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("user_id", user).encode()))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new IOException(login + " answers " + response.statusCode() + ": " + response.body());
            }
            return new LoadClient(user, new JsonObject(response.body()).getString("session_token"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
