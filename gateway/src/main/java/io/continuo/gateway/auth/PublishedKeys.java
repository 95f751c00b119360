package io.continuo.gateway.auth;

import io.continuo.common.settings.TokenSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an app's provider publishes at a URL. They are fetched when a token names one that is not known, though
 * not more often than every ten seconds, and again now and then, so that a key that was withdrawn is forgotten. While
 * the provider does not answer, the keys of the last time are good for another day, and attempts become rarer.
 *
 * <p>Threading: belongs to one event loop.
 */
final class PublishedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration KEPT = Duration.ofDays(1);
    static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final long TIMEOUT_SECONDS = 5;
    private static final int OK = 200;

    private final Vertx vertx;
    private final HttpClient client;
    private final URI url;
    private final TokenSettings settings;
    private final Clock clock;
    private volatile Known known = new Known(List.of(), 0, 0, 0);
    private volatile @Nullable Future<Known> fetching;

    /**
     * @param fetchedAtMs when the keys were fetched; 0 for never
     * @param notBeforeMs when the next attempt may be made
     * @param failures in a row
     */
    private record Known(List<TrustedKey> keys, long fetchedAtMs, long notBeforeMs, int failures) {}

    PublishedKeys(Vertx vertx, HttpClient client, URI url, TokenSettings settings, Clock clock) {
        this.vertx = vertx;
        this.client = client;
        this.url = url;
        this.settings = settings;
        this.clock = clock;
    }

    /** The key that a token names; empty when there is none. Fails with UNAVAILABLE when nobody can tell. */
    Future<Optional<TrustedKey>> find(UnverifiedToken token) {
        Optional<TrustedKey> found = among(known, token);
        if (found.isPresent()) {
            if (clock.millis() - known.fetchedAtMs > FRESH.toMillis()) {
                fetch();
            }
            return Future.succeededFuture(found);
        }
        return fetch().map(now -> {
            Optional<TrustedKey> fresh = among(now, token);
            if (fresh.isEmpty() && now.failures > 0) {
                throw AuthFailure.UNAVAILABLE.exception();
            }
            return fresh;
        });
    }

    private Optional<TrustedKey> among(Known candidates, UnverifiedToken token) {
        return clock.millis() - candidates.fetchedAtMs > KEPT.toMillis()
                ? Optional.empty()
                : candidates.keys.stream().filter(key -> key.isNamedBy(token)).findFirst();
    }

    /** Fetches unless it is too early; answers what is known then, and never fails. */
    private Future<Known> fetch() {
        Future<Known> underWay = fetching;
        if (underWay != null) {
            return underWay;
        }
        if (clock.millis() < known.notBeforeMs) {
            return Future.succeededFuture(known);
        }
        Promise<Known> started = Promise.promise();
        fetching = started.future();
        request()
                .map(body -> JsonWebKeys.read(vertx, body, settings))
                .map(keys -> {
                    long now = clock.millis();
                    return new Known(keys, now, now + PAUSE.toMillis(), 0);
                })
                .otherwise(this::failed)
                .onSuccess(now -> {
                    known = now;
                    fetching = null;
                    started.complete(now);
                });
        return started.future();
    }

    private Future<Buffer> request() {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url.toString());
        // The body is asked for where the response comes in: a moment later it would have gone by.
        return client.request(options)
                .compose(request ->
                        request.putHeader("Accept", "application/json").send().compose(PublishedKeys::body))
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        return response.statusCode() == OK ? response.body() : Future.failedFuture("status " + response.statusCode());
    }

    private Known failed(Throwable failure) {
        LOG.warn("The keys at {} cannot be fetched: {}", url, failure.getMessage());
        int failures = Math.min(known.failures + 1, 16);
        long pause = Math.min(LONGEST_PAUSE.toMillis(), PAUSE.toMillis() << (failures - 1));
        return new Known(known.keys, known.fetchedAtMs, clock.millis() + pause, failures);
    }
}
