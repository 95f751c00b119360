package io.continuo.standalone.client;

import io.continuo.common.model.LayerId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One user's REST calls. Blocks. */
public final class Rest {
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;
    private final String token;
    private final String version;

    private Rest(String base, String token, String version) {
        this.base = base;
        this.token = token;
        this.version = version;
    }

    /** Logs in by the development login, to speak version 2.0. */
    public static Rest login(String base, String user) {
        return login(base, user, "2.0");
    }

    /** Somebody with a session already. */
    public static Rest with(String base, String token, String version) {
        return new Rest(base, token, version);
    }

    /** Logs in by the development login. */
    public static Rest login(String base, String user, String version) {
        return login(base, version, new JsonObject().put("user_id", user));
    }

    /** Logs in to an app by the development login. */
    public static Rest login(String base, String user, String version, String app) {
        return login(base, version, new JsonObject().put("user_id", user).put("app_id", app));
    }

    private static Rest login(String base, String version, JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/dev/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))
                .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 201) {
            throw new IllegalStateException("login: " + response.statusCode() + " " + response.body());
        }
        return new Rest(base, new JsonObject(response.body()).getString("session_token"), version);
    }

    public String token() {
        return token;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    public HttpResponse<String> post(String path, JsonObject body) {
        return send(request(path).POST(BodyPublishers.ofString(body.encode())).build());
    }

    /** @param body JSON; empty for none */
    public HttpResponse<String> call(String method, String path, String body) {
        String type = method.equals("PATCH") ? "application/vnd.layer-patch+json" : "application/json";
        return send(request(path)
                .setHeader("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    /** Changes an object by Layer Patch, in the words of layer-2.0. */
    public void patch(String path, JsonObject... operations) {
        JsonArray patch = new JsonArray();
        for (JsonObject operation : operations) {
            patch.add(operation);
        }
        expect(
                204,
                send(request(path)
                        .setHeader("Content-Type", "application/vnd.layer-patch+json")
                        .method("PATCH", BodyPublishers.ofString(patch.encode()))
                        .build()));
    }

    public HttpResponse<String> put(String path, JsonObject body) {
        return send(request(path).PUT(BodyPublishers.ofString(body.encode())).build());
    }

    public void delete(String path) {
        expect(204, send(request(path).DELETE().build()));
    }

    /** Deletes what may be gone already; false when it is. */
    public boolean tryDelete(String path) {
        HttpResponse<String> response = send(request(path).DELETE().build());
        if (response.statusCode() != 404) {
            expect(204, response);
        }
        return response.statusCode() == 204;
    }

    /** Marks a message, given by its bare UUID, as {@code delivery} or {@code read}. */
    public void receipt(String message, String type) {
        expect(204, post("/messages/" + message + "/receipts", new JsonObject().put("type", type)));
    }

    private static void expect(int status, HttpResponse<String> response) {
        if (response.statusCode() != status) {
            throw new IllegalStateException(response.request().method() + " "
                    + response.uri().getPath() + ": " + response.statusCode() + " " + response.body());
        }
    }

    /** The whole of a list, page by page. */
    public List<JsonObject> all(String path, int pageSize) {
        List<JsonObject> all = new ArrayList<>();
        while (true) {
            String from = all.isEmpty() ? "" : "&from_id=" + all.getLast().getString("id");
            HttpResponse<String> response = get(path + "?page_size=" + pageSize + from);
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
            }
            JsonArray page = new JsonArray(response.body());
            page.forEach(item -> all.add((JsonObject) item));
            if (page.size() < pageSize) {
                return all;
            }
        }
    }

    /** A new id for an object of {@code type}, such as {@code messages}. */
    public static String newId(String type) {
        return "layer:///" + type + "/" + LayerId.newUuid();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .header("Accept", "application/vnd.layer+json; version=" + version)
                .header("Content-Type", "application/json")
                .header("Authorization", "Layer session-token=\"" + token + "\"");
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
