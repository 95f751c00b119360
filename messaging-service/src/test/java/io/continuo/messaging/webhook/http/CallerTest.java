package io.continuo.messaging.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.settings.Settings;
import io.continuo.common.settings.WebhookSettings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes over the wire to targets, and what does not. */
class CallerTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final WebhookSettings STRICT = Settings.of(Map.of()).webhooks();
    private static final WebhookSettings LAX = STRICT.otherwise(true);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void tlsIsForWhomWeTrustUnderTheNameThatWeCalled(@TempDir Path directory) throws Exception {
        PfxOptions certificate = certificateOfLocalhost(directory.resolve("keys.p12"));
        int port = serve(
                new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate),
                request -> request.response().end(request.authority().host()));
        ClientSSLOptions trusting = new ClientSSLOptions().setTrustOptions(certificate);
        Caller caller = new Caller(vertx, LAX, trusting);
        Caller.Answer answer = await(caller.get(URI.create("https://localhost:" + port + "/"), "", LONG));
        assertThat(answer).isEqualTo(new Caller.Answer(200, "localhost"));
        assertThat(failure(caller.get(URI.create("https://127.0.0.1:" + port + "/"), "", LONG)))
                .contains("SSL");
        assertThat(failure(new Caller(vertx, LAX).get(URI.create("https://localhost:" + port + "/"), "", LONG)))
                .contains("SSL");
    }

    @Test
    void whatIsNotPublicIsNotCalled() throws Exception {
        boolean[] called = {false};
        int port = serve(new HttpServerOptions(), request -> {
            called[0] = true;
            request.response().end();
        });
        Caller caller = new Caller(vertx, STRICT);
        for (String host : new String[] {"127.0.0.1", "localhost", "[::1]", "127.1", "[::ffff:127.0.0.1]"}) {
            assertThat(failure(caller.get(URI.create("http://" + host + ":" + port + "/"), "", LONG)))
                    .as(host)
                    .contains("not public");
        }
        assertThat(called[0]).isFalse();
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
        int port = serve(
                new HttpServerOptions(),
                request -> request.response()
                        .setStatusCode(request.path().equals("/") ? 302 : 200)
                        .putHeader("Location", "/elsewhere")
                        .end());
        Caller.Answer answer = await(new Caller(vertx, LAX).get(URI.create("http://127.0.0.1:" + port), "a=b", LONG));
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.isSuccess()).isFalse();
    }

    @Test
    void ofALongAnswerOnlyTheBeginningIsRead() throws Exception {
        int port = serve(new HttpServerOptions(), request -> {
            request.response().setChunked(true);
            for (int i = 0; i < 200; i++) {
                request.response().write("x".repeat(1_000));
            }
            request.response().end();
        });
        Caller.Answer answer = await(
                new Caller(vertx, LAX).post(URI.create("http://127.0.0.1:" + port), Map.of(), Buffer.buffer(), LONG));
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.body().length()).isLessThanOrEqualTo(4_096);
    }

    @Test
    void whoNeverAnswersIsLeftInTime() throws Exception {
        int port = serve(new HttpServerOptions(), request -> {});
        assertThat(failure(
                        new Caller(vertx, LAX).get(URI.create("http://127.0.0.1:" + port), "", Duration.ofMillis(100))))
                .isNotEmpty();
    }

    private static PfxOptions certificateOfLocalhost(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "a secret",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        return new PfxOptions().setPath(file.toString()).setPassword("a secret");
    }

    private int serve(HttpServerOptions options, Handler<HttpServerRequest> handler) throws Exception {
        return await(vertx.createHttpServer(options).requestHandler(handler).listen(0, "127.0.0.1"))
                .actualPort();
    }

    private static String failure(Future<?> future) throws Exception {
        try {
            await(future);
        } catch (ExecutionException failed) {
            return String.valueOf(failed.getCause());
        }
        throw new AssertionError("It succeeded.");
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
