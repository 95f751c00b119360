package io.continuo.messaging.webhook.http;

import io.continuo.common.settings.WebhookSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Calls the targets of webhooks. A name is resolved for each call and the call goes to the very address that was looked
 * at, so that a name that changes its mind leads nowhere else. Redirects are not followed.
 *
 * <p>Threading: belongs to one event loop.
 */
public final class Caller {
    /** More than this of an answer is not read. */
    private static final int MOST_BYTES = 4_096;

    private static final int CONNECTIONS_PER_TARGET = 64;

    private final Vertx vertx;
    private final HttpClient client;
    private final ClientSSLOptions tls;
    private final boolean allowPrivate;

    public Caller(Vertx vertx, WebhookSettings settings) {
        this(vertx, settings, new ClientSSLOptions());
    }

    /** @param trusted whose certificates are accepted; by default those that Java accepts */
    Caller(Vertx vertx, WebhookSettings settings, ClientSSLOptions trusted) {
        this.vertx = vertx;
        this.tls = trusted.setHostnameVerificationAlgorithm("HTTPS");
        this.allowPrivate = settings.allowPrivate().orElse(false);
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(Math.toIntExact(settings.timeout().toMillis()))
                        .setKeepAliveTimeout(30)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_TARGET).setMaxWaitQueueSize(10_000));
    }

    /**
     * What came back.
     *
     * @param body its beginning, at most 4 KiB
     */
    public record Answer(int status, String body) {
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** Asks for {@code target} with {@code query} added; fails with a reason for people. */
    public Future<Answer> get(URI target, String query, Duration within) {
        return call(HttpMethod.GET, target, query, Map.of(), Buffer.buffer(), within);
    }

    /** Posts {@code body}; fails with a reason for people. */
    public Future<Answer> post(URI target, Map<String, String> headers, Buffer body, Duration within) {
        return call(HttpMethod.POST, target, "", headers, body, within);
    }

    public Future<Void> close() {
        return client.close();
    }

    private Future<Answer> call(
            HttpMethod method, URI target, String query, Map<String, String> headers, Buffer body, Duration within) {
        Promise<HttpClientRequest> opened = Promise.promise();
        Future<Answer> answer = address(target)
                .compose(address -> client.request(options(method, target, query, address)))
                .compose(request -> {
                    opened.tryComplete(request);
                    headers.forEach(request::putHeader);
                    // Read where the response comes in: a moment later it would have gone by.
                    return request.send(body).compose(Caller::read);
                });
        return answer.timeout(within.toMillis(), TimeUnit.MILLISECONDS)
                // Whoever does not answer in time must not keep the connection.
                .onFailure(late -> opened.future().onSuccess(HttpClientRequest::reset));
    }

    private RequestOptions options(HttpMethod method, URI target, String query, InetAddress address) {
        return new RequestOptions()
                .setMethod(method)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, Target.port(target))))
                .setHost(target.getHost())
                .setPort(Target.port(target))
                .setSsl(Target.isTls(target))
                .setSslOptions(tls)
                .setURI(Target.path(target, query))
                .setFollowRedirects(false);
    }

    private static Future<Answer> read(HttpClientResponse response) {
        Promise<Answer> read = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > MOST_BYTES) {
                read.tryComplete(new Answer(response.statusCode(), body.toString(StandardCharsets.UTF_8)));
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(read::tryFail);
        response.endHandler(
                end -> read.tryComplete(new Answer(response.statusCode(), body.toString(StandardCharsets.UTF_8))));
        return read.future();
    }

    /** One of the addresses that the target's name has; all of them must be allowed. */
    private Future<InetAddress> address(URI target) {
        String host = target.getHost();
        return vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
                .recover(failure -> Future.failedFuture(
                        failure instanceof UnknownHostException ? new UnknownHostException("unknown host") : failure))
                .compose(addresses -> !allowPrivate && addresses.stream().anyMatch(Internal::is)
                        ? Future.failedFuture(new UnknownHostException("the address is not public"))
                        : Future.succeededFuture(
                                addresses.get(ThreadLocalRandom.current().nextInt(addresses.size()))));
    }
}
