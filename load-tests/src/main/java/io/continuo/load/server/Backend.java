package io.continuo.load.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** The backend of the server's app. */
public final class Backend implements AutoCloseable {
    static final String TOKEN = "the-token-of-the-bench";
    private static final String APP = "5d9a1f64-0c9b-4a35-9f0e-6f1f2f6a7c10";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    Backend(URI server) {
        this.server = server;
    }

    /** Asks for something below {@code /apps/<app id>}; fails unless it is done. */
    public CompletableFuture<String> ask(String method, String path, String type, String body) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/apps/" + APP + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(response -> body(path, response));
    }

    private static String body(String path, HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answers " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
