package io.continuo.gateway.http;

import static io.continuo.gateway.http.Edge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentRoutesTest {
    private final Path directory;
    private final Edge edge;
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();

    ContentRoutesTest(@TempDir Path directory) {
        this.directory = directory;
        this.edge = Edge.start(directory, Map.of("CONTINUO_MAX_CONTENT_BYTES", "100000"));
        edge.service = this::answer;
    }

    /** What the service keeps: everybody may have what is uploaded, but for zoe. */
    private Reply answer(MessagingRequest request) {
        return switch (request) {
            case MessageRequest.AnnounceContent announce -> {
                types.put(announce.contentId(), announce.type());
                yield Reply.Done.INSTANCE;
            }
            case MessageRequest.ContentUploaded uploaded -> {
                sizes.put(uploaded.contentId(), uploaded.size());
                yield Reply.Done.INSTANCE;
            }
            case MessageRequest.GetContent get -> {
                Long size = sizes.get(get.contentId());
                String type = types.get(get.contentId());
                yield size == null || type == null || get.user().equals("zoe")
                        ? Edge.refuse(ErrorCode.NOT_FOUND)
                        : new Reply.ContentFound(type, size);
            }
            default -> Reply.Done.INSTANCE;
        };
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void carryContentFromOneUserToAnother() {
        JsonObject content = announce("image/png", 90_000);
        String bytes = "0123456789".repeat(9_000);
        assertThat(content.getString("download_url")).isNull();
        assertThat(edge.send(edge.as("omar", path(content))).statusCode()).isEqualTo(404);

        HttpResponse<String> uploaded = put(content.getString("upload_url"), bytes);
        assertThat(uploaded.statusCode()).isEqualTo(200);

        JsonObject refreshed = json(edge.send(edge.as("omar", path(content))));
        assertThat(refreshed.getLong("size")).isEqualTo(90_000);
        assertThat(edge.send(edge.as("zoe", path(content))).statusCode()).isEqualTo(404);
        assertThat(refreshed.getString("id")).isEqualTo(content.getString("id"));
        assertThat(refreshed.getString("expiration")).endsWith("Z");
        HttpResponse<String> downloaded =
                edge.send(edge.bare(refreshed.getString("download_url")).header("Origin", "https://app.example.test"));
        assertThat(downloaded.statusCode()).isEqualTo(200);
        assertThat(downloaded.body()).isEqualTo(bytes);
        assertThat(downloaded.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(downloaded.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(downloaded.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://app.example.test");
    }

    @ParameterizedTest
    @CsvSource({
        "image/jpeg, inline, image/jpeg",
        "text/plain, inline, text/plain",
        "audio/mp4, inline, audio/mp4",
        "text/html, attachment, text/html",
        "image/svg+xml, attachment, image/svg+xml",
        "garbage, attachment, application/octet-stream"
    })
    void showOnlyWhatCannotRun(String type, String disposition, String answered) {
        JsonObject content = announce(type, 2);
        put(content.getString("upload_url"), "hi");
        String url = json(edge.send(edge.as("ines", path(content)))).getString("download_url");
        HttpResponse<String> response = edge.send(edge.bare(url));
        assertThat(response.headers().firstValue("Content-Disposition")).contains(disposition);
        assertThat(response.headers().firstValue("Content-Type")).contains(answered);
    }

    @Test
    void refuseChangedLinks() {
        JsonObject content = announce("image/png", 2);
        String upload = content.getString("upload_url");
        assertThat(put(upload.replace("image%2Fpng", "text%2Fhtml"), "hi").statusCode())
                .isEqualTo(403);
        assertThat(put(upload.replace("size=2", "size=3"), "hi!").statusCode()).isEqualTo(403);
        assertThat(put(upload.replaceAll("expires=\\d+", "expires=9999999999999"), "hi")
                        .statusCode())
                .isEqualTo(403);
        assertThat(put(upload.replaceAll("signature=.*", "signature=zz"), "hi").statusCode())
                .isEqualTo(403);
        put(upload, "hi");
        String download = json(edge.send(edge.as("ines", path(content)))).getString("download_url");
        assertThat(edge.send(edge.bare(download.replaceAll("expires=\\d", "expires=9")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(edge.send(edge.bare(download.replaceAll("\\?.*", ""))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void refuseWhatIsTooLarge() {
        HttpResponse<String> large = edge.send(
                edge.as("ines", "/content").POST(BodyPublishers.noBody()).header("Upload-Content-Length", "100001"));
        assertThat(large.statusCode()).isEqualTo(422);
        assertThat(put(announce("image/png", 2).getString("upload_url"), "x".repeat(100_001))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void areAsLongAsWhatWasUploadedWhateverWasAnnounced() {
        JsonObject content = announce("text/plain", 2);
        assertThat(put(content.getString("upload_url"), "two characters").statusCode())
                .isEqualTo(200);
        assertThat(json(edge.send(edge.as("ines", path(content)))).getInteger("size"))
                .isEqualTo(14);
    }

    @Test
    void needNoDescription() {
        HttpResponse<String> announced = edge.send(edge.as("ines", "/content").POST(BodyPublishers.noBody()));
        assertThat(announced.statusCode()).isEqualTo(201);
        assertThat(put(json(announced).getString("upload_url"), "hi").statusCode())
                .isEqualTo(200);
    }

    @Test
    void mayBeUploadedAgainAndLeaveNothingElse() throws IOException {
        JsonObject content = announce("text/plain", 0);
        put(content.getString("upload_url"), "first");
        put(content.getString("upload_url"), "second");
        String url = json(edge.send(edge.as("ines", path(content)))).getString("download_url");
        assertThat(edge.send(edge.bare(url)).body()).isEqualTo("second");
        assertThat(files()).isEqualTo(2);
    }

    @Test
    void leaveNothingOfAnUploadThatBreaks() throws IOException {
        URI upload = URI.create(announce("text/plain", 50_000).getString("upload_url"));
        String head = "PUT " + upload.getRawPath() + "?" + upload.getRawQuery()
                + " HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\nonly the beginning";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), upload.getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> files() == 1);
        }
        await().until(() -> files() == 0);
    }

    @Test
    void needASession() {
        assertThat(edge.send(edge.layer("/content").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private JsonObject announce(String type, long size) {
        HttpRequest.Builder request = edge.as("ines", "/content")
                .POST(BodyPublishers.noBody())
                .header("Upload-Content-Type", type)
                .header("Upload-Origin", "https://app.example.test");
        HttpResponse<String> response =
                edge.send(size == 0 ? request : request.header("Upload-Content-Length", Long.toString(size)));
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).contains(edge.base() + path(json(response)));
        return json(response);
    }

    private HttpResponse<String> put(String url, String bytes) {
        return edge.send(edge.bare(url).PUT(BodyPublishers.ofString(bytes)));
    }

    private static String path(JsonObject content) {
        return content.getString("id").substring("layer://".length());
    }
}
