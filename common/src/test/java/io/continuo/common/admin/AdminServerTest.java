package io.continuo.common.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Readiness readiness = new Readiness();
    private final Meters meters = new Meters();
    private final AdminServer server = new AdminServer("127.0.0.1", 0, readiness, meters.registry());

    @BeforeEach
    void start() {
        vertx.deployVerticle(server).await();
    }

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
        meters.close();
    }

    @Test
    void isAliveBeforeItIsReady() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        readiness.open();
        assertThat(get("/health/ready").body()).isEqualTo("{\"ready\":true,\"checks\":{\"serving\":true}}");
        readiness.close();
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void isNotReadyWhileSomethingItNeedsIsAway() throws Exception {
        AtomicBoolean redis = new AtomicBoolean();
        readiness.require("redis", redis::get);
        readiness.open();
        HttpResponse<String> away = get("/health/ready");
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.body()).contains("\"redis\":false");
        redis.set(true);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void showsTheMetersOfTheJvmAndOfTheEventLoops() throws Exception {
        vertx.deployVerticle(new EventLoopDelayVerticle(meters.registry())).await();
        await().atMost(10, SECONDS)
                .until(() -> !get("/metrics").body().contains("continuo_event_loop_delay_seconds_count 0"));
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(metrics.body())
                .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "jvm_gc_", "process_cpu_usage")
                .contains("continuo_event_loop_delay_seconds_bucket{le=\"0.001\"}");
    }

    @Test
    void knowsNothingElse() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/metrics"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void failsWithABindExceptionWhenThePortIsInUse() {
        AdminServer second = new AdminServer("127.0.0.1", server.actualPort(), readiness, meters.registry());
        Vertx other = Vertx.vertx();
        Throwable failure = other.deployVerticle(second)
                .<Throwable>map(id -> new AssertionError("it started"))
                .otherwise(cause -> cause)
                .await();
        other.close().await();
        assertThat(failure).isInstanceOf(BindException.class);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }
}
