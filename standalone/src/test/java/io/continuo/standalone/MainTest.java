package io.continuo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.redis.Ports;
import io.continuo.standalone.client.Rest;
import io.continuo.standalone.process.Child;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those who start and stop the one-process mode can rely on. */
class MainTest {
    private static final int START_SECONDS = 60;

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void saysWhenItIsReadyAndStopsInOrder(String signal) throws Exception {
        try (Child child = Child.start(settings())) {
            assertThat(child.line()).matches("Continuo is ready: http://localhost:\\d+");
            ProcessHandle redis = redis();
            child.signal(signal);
            assertThat(child.exitWithin(5)).isZero();
            assertThat(child.line()).isEmpty();
            assertThat(redis.isAlive()).isFalse();
        }
    }

    @Test
    void stopsInTimeThoughAClientDoesNotCloseItsSocket() throws Exception {
        try (Child child = Child.start(settings("CONTINUO_DRAIN_SECONDS", "1"))) {
            URI url = URI.create(child.line().replaceFirst(".*: ", ""));
            String token = Rest.login(url.toString(), "ines").token();
            try (Socket silent = new Socket(url.getHost(), url.getPort())) {
                silent.getOutputStream().write(upgrade(token).getBytes(UTF_8));
                assertThat(new String(silent.getInputStream().readNBytes(12), UTF_8))
                        .isEqualTo("HTTP/1.1 101");
                child.signal("TERM");
                assertThat(child.exitWithin(3)).isZero();
            }
        }
    }

    @Test
    void showsItsHealthOnTheAdminPort() throws Exception {
        int port = Ports.free();
        try (Child child = Child.start(settings("CONTINUO_ADMIN_PORT", Integer.toString(port)))) {
            child.line();
            assertThat(status(port, "/health/ready")).isEqualTo(200);
            assertThat(status(port, "/health/live")).isEqualTo(200);
            assertThat(status(port, "/metrics")).isEqualTo(200);
        }
    }

    @Test
    void startsAgainAfterItWasKilled() throws Exception {
        try (Child first = Child.start(settings())) {
            assertThat(first.line()).contains("ready");
            String secret = Files.readString(data.resolve("session-secret"));
            ProcessHandle redis = redis();
            first.signal("KILL");
            await().atMost(10, SECONDS).until(() -> !redis.isAlive());
            try (Child second = Child.start(settings())) {
                assertThat(second.line()).contains("ready");
                assertThat(Files.readString(data.resolve("session-secret"))).isEqualTo(secret);
            }
        }
    }

    @Test
    void leavesTheDataOfAnotherProcessAlone() throws Exception {
        try (Child owner = Child.start(settings());
                Child second = Child.start(afterReady(owner))) {
            assertThat(second.exitWithin(START_SECONDS)).isEqualTo(1);
            assertThat(second.errors()).hasSize(1).first().asString().contains("in use by another Continuo process");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONTINUO_PORT", "CONTINUO_ADMIN_PORT"})
    void namesTheSettingWhenAPortIsInUse(String setting) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Child child = Child.start(settings(setting, Integer.toString(taken.getLocalPort())))) {
            assertThat(child.exitWithin(START_SECONDS)).isEqualTo(1);
            assertThat(child.errors())
                    .containsExactly("continuo: Port " + taken.getLocalPort()
                            + " is in use already; choose another with " + setting + ".");
            assertThat(child.line()).isEmpty();
        }
    }

    @Test
    void namesTheSettingWhenRedisCannotBeReached() throws Exception {
        String nowhere = "redis://:hush@127.0.0.1:" + Ports.free();
        try (Child child = Child.start(settings("CONTINUO_REDIS", nowhere))) {
            assertThat(child.exitWithin(START_SECONDS)).isEqualTo(1);
            assertThat(child.errors())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("CONTINUO_REDIS")
                    .doesNotContain("hush");
        }
    }

    @Test
    void refusesASettingItDoesNotKnowInOneLine() throws Exception {
        try (Child child = Child.start(settings("CONTINUO_PROT", "1"))) {
            assertThat(child.exitWithin(START_SECONDS)).isEqualTo(2);
            assertThat(child.errors())
                    .containsExactly("continuo: Unknown setting CONTINUO_PROT; docs/configuration.md lists them all.");
        }
    }

    @Test
    void refusesARoleItDoesNotKnowAndExplainsItself() throws Exception {
        try (Child child = Child.start(settings(), "conductor")) {
            assertThat(child.exitWithin(START_SECONDS)).isEqualTo(2);
            assertThat(child.errors()).containsExactly("continuo: unknown role \"conductor\"; see --help");
        }
        try (Child child = Child.start(settings(), "--help")) {
            assertThat(child.line()).startsWith("Continuo:");
            assertThat(child.exitWithin(START_SECONDS)).isZero();
        }
    }

    @Test
    void logsJsonWhenTold() throws Exception {
        try (Child child = Child.start(settings("CONTINUO_LOG_FORMAT", "json"))) {
            child.line();
            child.signal("TERM");
            child.exitWithin(5);
            assertThat(child.errors())
                    .isNotEmpty()
                    .allSatisfy(line ->
                            assertThat(new JsonObject(line).getString("level")).isNotEmpty());
        }
    }

    private Map<String, String> afterReady(Child owner) throws Exception {
        assertThat(owner.line()).contains("ready");
        return settings();
    }

    private Map<String, String> settings(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>(
                Map.of("CONTINUO_DATA_DIR", data.toString(), "CONTINUO_PORT", "0", "CONTINUO_ADMIN_PORT", "0"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return settings;
    }

    private ProcessHandle redis() throws Exception {
        String pid =
                Files.readString(data.resolve("redis").resolve("redis.pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static String upgrade(String token) {
        return "GET /websocket?session_token=" + token + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: layer-2.0\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    private static int status(int port, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
