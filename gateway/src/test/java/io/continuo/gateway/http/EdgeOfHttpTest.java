package io.continuo.gateway.http;

import static io.continuo.gateway.http.Edge.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions, origins, pages: what is the same for all routes. */
class EdgeOfHttpTest {
    private static final String ORIGIN = "https://app.example.test";

    private final Path directory;
    private Edge edge;

    EdgeOfHttpTest(@TempDir Path directory) {
        this.directory = directory;
        this.edge = Edge.start(directory);
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void answersThePingToAnyone() {
        HttpResponse<String> response =
                edge.send(edge.bare("/ping?client=3.4.18").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(edge.send(edge.bare("/ping")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/json",
                "application/vnd.layer+json",
                "application/vnd.layer+json; version=4.0",
                "application/vnd.layer+json; version=",
                "text/html"
            })
    void refusesAnUnknownVersion(String accept) {
        HttpResponse<String> response = edge.send(edge.bare("/conversations")
                .header("Accept", accept)
                .header("Authorization", "Bearer " + edge.token("ines")));
        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(json(response).getInteger("code")).isEqualTo(107);
        assertThat(json(response).getJsonObject("data").getString("header")).isEqualTo("Accept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.layer+json; version=1.0",
                "application/vnd.layer+json;version=2.0",
                "APPLICATION/VND.LAYER+JSON ;  VERSION = \"3.0\"",
                "text/html, application/vnd.layer+json; q=0.9; version=3.0, */*"
            })
    void readsVersionsLeniently(String accept) {
        assertThat(edge.post(edge.bare("/nonces").header("Accept", accept), "").statusCode())
                .isEqualTo(201);
    }

    @Test
    void letsPagesOfAnyOriginInByDefault() {
        HttpResponse<String> response = edge.send(edge.layer("/conversations").header("Origin", ORIGIN));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
        assertThat(response.headers()
                        .firstValue("Access-Control-Expose-Headers")
                        .orElse(""))
                .contains("Layer-Count", "Continuo-Position", "Link", "Location");
        assertThat(response.headers().firstValue("Vary")).contains("Origin");
    }

    @Test
    void answersPreflights() {
        HttpResponse<String> response = edge.send(edge.bare("/messages/x/receipts")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "POST"));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("POST", "PUT", "PATCH", "DELETE");
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("authorization", "client-id", "layer-xdk-version", "upload-content-type");
    }

    @Test
    void tellsForeignOriginsNothing() {
        edge.close();
        edge = Edge.start(directory, Map.of("CONTINUO_ALLOWED_ORIGINS", ORIGIN));
        HttpResponse<String> ours = edge.send(edge.bare("/").header("Origin", ORIGIN));
        assertThat(ours.headers().firstValue("Access-Control-Allow-Origin")).contains(ORIGIN);
        HttpResponse<String> foreign = edge.send(edge.bare("/").header("Origin", "https://evil.example.test"));
        assertThat(foreign.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void showsTheChatPageToBrowsers() {
        HttpResponse<String> page =
                edge.send(edge.bare("/").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("A page for the tests");
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        expectProtection(page);

        HttpResponse<String> script = edge.send(edge.bare("/web/script.js"));
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type").orElse("")).contains("javascript");
        assertThat(script.headers().firstValue("Cache-Control").orElse("")).contains("max-age=0");
        expectProtection(script);
    }

    @Test
    void showsTheConsole() {
        HttpResponse<String> page = edge.send(edge.bare("/console"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("A console for the tests");
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        expectProtection(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/web/no-such-file.js",
                "/web/../junit-platform.properties",
                "/web/%2e%2e/junit-platform.properties"
            })
    void showsNothingElse(String path) {
        assertThat(edge.send(edge.bare(path)).statusCode()).isEqualTo(404);
    }

    @Test
    void explainsErrors() {
        HttpResponse<String> page = edge.send(edge.bare("/docs/errors"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("id=\"104\"", "missing_property");
    }

    @Test
    void takesTheBaseOfLinksFromTheProxyOrTheSettings() {
        String link = "Link";
        HttpResponse<String> proxied = edge.send(edge.bare("/").header("X-Forwarded-Proto", "https"));
        assertThat(proxied.headers().firstValue(link).orElse("")).contains("<https://127.0.0.1:");
        HttpResponse<String> forged = edge.send(edge.bare("/").header("X-Forwarded-Proto", "javascript"));
        assertThat(forged.headers().firstValue(link).orElse("")).contains("<http://127.0.0.1:");
        edge.close();
        edge = Edge.start(directory, Map.of("CONTINUO_PUBLIC_URL", "https://chat.example.test/base/"));
        HttpResponse<String> set = edge.send(edge.bare("/").header("X-Forwarded-Proto", "http"));
        assertThat(set.headers().firstValue(link).orElse("")).contains("<https://chat.example.test/base/nonces>");
    }

    @Test
    void speaksHttp2Too() {
        HttpResponse<String> response = edge.send(edge.bare("/").version(HttpClient.Version.HTTP_2));
        assertThat(response.headers().firstValue("Link").orElse("")).contains("<" + edge.base() + "/nonces>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/identities/%zz", "/identities/%", "/conversations?page_size=%zz", "//", "/%2e%2e/%2e%2e"})
    void survivesAMalformedPath(String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: \"<>\r\nConnection: close\r\n"
                + "Accept: application/vnd.layer+json; version=2.0\r\nAuthorization: Bearer " + edge.token("ines")
                + "\r\n\r\n";
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(edge.base()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("internal_server_error");
        }
    }

    private static void expectProtection(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .contains("default-src 'self'; img-src 'self' blob: data:; connect-src 'self' ws: wss:");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
}
