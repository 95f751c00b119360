package io.continuo.common.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * How events are brought to the backends of apps (protocol/layer.md §14.2).
 *
 * @param allowHttp whether a target may be http; empty means no, except in the one-process mode for development
 * @param allowPrivate whether a target may have a private, local or otherwise internal address; empty as above
 * @param timeout within which a receiver has to answer
 * @param retryFor for how long a delivery is tried again before its webhook becomes inactive
 * @param maxPending undelivered events that are kept for one webhook in one partition; beyond these the oldest go
 * @param concurrency requests under way to one webhook from one instance
 */
public record WebhookSettings(
        Optional<Boolean> allowHttp,
        Optional<Boolean> allowPrivate,
        Duration timeout,
        Duration retryFor,
        int maxPending,
        int concurrency) {

    static WebhookSettings read(Environment environment) {
        return new WebhookSettings(
                flag(environment, "WEBHOOK_ALLOW_HTTP"),
                flag(environment, "WEBHOOK_ALLOW_PRIVATE"),
                Duration.ofMillis(environment.number("WEBHOOK_TIMEOUT_MS", 1_000, 50, 60_000)),
                Duration.ofSeconds(environment.number("WEBHOOK_RETRY_SECONDS", 1_800, 1, 604_800)),
                environment.number("WEBHOOK_MAX_PENDING", 5_000, 10, 1_000_000),
                environment.number("WEBHOOK_CONCURRENCY", 16, 1, 1_000));
    }

    /** The same; what was left open is {@code allowed} or not. */
    public WebhookSettings otherwise(boolean allowed) {
        return new WebhookSettings(
                allowHttp.or(() -> Optional.of(allowed)),
                allowPrivate.or(() -> Optional.of(allowed)),
                timeout,
                retryFor,
                maxPending,
                concurrency);
    }

    private static Optional<Boolean> flag(Environment environment, String name) {
        return environment.optional(name).map(given -> environment.flag(name, false));
    }
}
