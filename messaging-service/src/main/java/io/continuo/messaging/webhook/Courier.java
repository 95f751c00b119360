package io.continuo.messaging.webhook;

import io.continuo.common.model.Webhook;
import io.continuo.common.settings.WebhookSettings;
import io.continuo.messaging.webhook.http.Caller;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/** Carries events to their receivers and asks receivers who they are (protocol/layer.md §14.2). */
final class Courier {
    /** There is no second try, and a receiver that nobody has called for long may have to wake up. */
    private static final Duration TO_VERIFY = Duration.ofSeconds(10);

    private final Caller caller;
    private final WebhookSettings settings;

    Courier(Caller caller, WebhookSettings settings) {
        this.caller = caller;
        this.settings = settings;
    }

    /** Delivers once; fails with a reason for people when the receiver does not take it. */
    Future<Void> deliver(Webhook webhook, PendingStore.Parcel parcel) {
        byte[] body = parcel.body().getBytes(StandardCharsets.UTF_8);
        String version = webhook.version().wire();
        Map<String, String> headers = Map.of(
                "content-type", "application/vnd.layer.webhooks+json; version=" + version,
                "user-agent", "layer-webhooks/" + version,
                "layer-webhook-event-type", parcel.type(),
                "layer-webhook-id", webhook.id(),
                "layer-webhook-request-id", requestId(webhook, parcel),
                "layer-webhook-signature", Signature.sha1(webhook.secret(), body),
                "continuo-webhook-signature", "sha256=" + Signature.sha256(webhook.secret(), body));
        return caller.post(URI.create(webhook.targetUrl()), headers, Buffer.buffer(body), settings.timeout())
                .recover(failure -> plainly(failure, settings.timeout()))
                .compose(answer -> answer.isSuccess()
                        ? Future.succeededFuture()
                        : Future.failedFuture("The receiver answered " + answer.status() + "."));
    }

    /** The same for each attempt, also after a restart. */
    private static String requestId(Webhook webhook, PendingStore.Parcel parcel) {
        return UUID.nameUUIDFromBytes((webhook.id() + parcel.eventId()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Sees whether who listens at the target expects us; fails with a reason for people when not. */
    Future<Void> verify(Webhook webhook) {
        String challenge = UUID.randomUUID().toString();
        return caller.get(URI.create(webhook.targetUrl()), "verification_challenge=" + challenge, TO_VERIFY)
                .recover(failure -> plainly(failure, TO_VERIFY))
                .compose(answer -> !answer.isSuccess()
                        ? Future.failedFuture("The receiver answered " + answer.status() + " to the verification.")
                        : answer.body().strip().equals(challenge)
                                ? Future.succeededFuture()
                                : Future.failedFuture("The receiver did not echo the verification challenge."));
    }

    private static Future<Caller.Answer> plainly(Throwable failure, Duration within) {
        return Future.failedFuture(
                failure instanceof TimeoutException
                        ? "The receiver did not answer within " + within.toMillis() + " ms."
                        : "The receiver cannot be reached: " + failure.getMessage() + ".");
    }
}
