package io.continuo.standalone.process;

import static org.awaitility.Awaitility.await;

import io.continuo.redis.Ports;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Prometheus that scrapes processes of ours every second, with our alert rules. */
public final class Prometheus implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final String base;

    private Prometheus(Process process, String base) {
        this.process = process;
        this.base = base;
    }

    /**
     * Starts, and waits until it is ready.
     *
     * @param rules a file
     * @param processes admin ports on this machine, by role
     * @param balancer the port on which HAProxy tells its metrics
     */
    public static Prometheus start(Path rules, Map<String, Integer> processes, int balancer) throws IOException {
        Path folder = Files.createTempDirectory("prometheus");
        StringBuilder config =
                new StringBuilder("""
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: haproxy
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                  - job_name: continuo
                    static_configs:
                """.formatted(rules.toAbsolutePath().normalize(), balancer));
        processes.forEach((role, port) ->
                config.append("      - {targets: [\"127.0.0.1:%d\"], labels: {role: \"%s\"}}%n".formatted(port, role)));
        Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
        int port = Ports.free();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Prometheus started = new Prometheus(process, "http://127.0.0.1:" + port);
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> started.get("/-/ready").statusCode() == 200);
        return started;
    }

    /** What a query finds now, one for each series. */
    public List<JsonObject> query(String expression) throws Exception {
        HttpResponse<String> response =
                get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        JsonObject body = new JsonObject(response.body());
        if (!"success".equals(body.getString("status"))) {
            throw new IllegalArgumentException(expression + ": " + body.encode());
        }
        return objects(body.getJsonObject("data").getJsonArray("result"));
    }

    /** The rules that it has loaded. */
    public List<JsonObject> rules() throws Exception {
        JsonObject data = new JsonObject(get("/api/v1/rules").body()).getJsonObject("data");
        return objects(data.getJsonArray("groups")).stream()
                .flatMap(group -> objects(group.getJsonArray("rules")).stream())
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
    }
}
