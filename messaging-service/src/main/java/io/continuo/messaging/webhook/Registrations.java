package io.continuo.messaging.webhook;

import static io.continuo.common.bus.ErrorCode.ACCESS_DENIED;
import static io.continuo.common.bus.ErrorCode.CONFLICT;
import static io.continuo.common.bus.ErrorCode.INVALID_PROPERTY;
import static io.continuo.common.bus.ErrorCode.NOT_FOUND;

import io.continuo.common.bus.Reply;
import io.continuo.common.bus.WebhookRequest;
import io.continuo.common.model.UserId;
import io.continuo.common.model.Webhook;
import io.continuo.common.model.WebhookStatus;
import io.continuo.common.model.WebhookVersion;
import io.continuo.common.settings.WebhookSettings;
import io.continuo.messaging.webhook.http.Target;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an app's backend does with its webhooks (protocol/layer.md §14.2). */
final class Registrations {
    private static final Logger log = LoggerFactory.getLogger(Registrations.class);
    private static final int MOST_PER_APP = 50;
    private static final int LONGEST_SECRET = 256;
    private static final Reply UNKNOWN = Reply.Failure.of(NOT_FOUND, "There is no such webhook.");

    private final WebhookStore store;
    private final Registry registry;
    private final Courier courier;
    private final WebhookSettings settings;

    Registrations(WebhookStore store, Registry registry, Courier courier, WebhookSettings settings) {
        this.store = store;
        this.registry = registry;
        this.courier = courier;
        this.settings = settings;
    }

    Future<Reply> execute(WebhookRequest request) {
        if (!UserId.isBackend(request.user())) {
            return Future.succeededFuture(
                    Reply.Failure.of(ACCESS_DENIED, "Webhooks are for the app's own backend alone."));
        }
        return switch (request) {
            case WebhookRequest.RegisterWebhook register -> register(register);
            case WebhookRequest.GetWebhook get -> with(request, get.webhookId(), Registrations::found);
            case WebhookRequest.ListWebhooks list ->
                ofApp(request)
                        .map(webhooks -> new Reply.Webhooks(
                                webhooks.stream().map(Webhook::withoutSecret).toList()));
            case WebhookRequest.SwitchWebhook on ->
                with(request, on.webhookId(), webhook -> on.active() ? activate(webhook) : deactivate(webhook));
            case WebhookRequest.DeleteWebhook delete ->
                with(
                        request,
                        delete.webhookId(),
                        webhook -> store.remove(webhook.id())
                                .compose(gone -> registry.changed())
                                .map(Reply.Done.INSTANCE));
        };
    }

    private Future<Reply> register(WebhookRequest.RegisterWebhook request) {
        Optional<Reply> fault = fault(request);
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        return ofApp(request).compose(there -> {
            if (there.size() >= MOST_PER_APP) {
                return Future.succeededFuture(
                        Reply.Failure.of(CONFLICT, "An app may have at most " + MOST_PER_APP + " webhooks."));
            }
            Webhook webhook = new Webhook(
                    request.webhookId(),
                    UserId.app(request.user()),
                    request.appId(),
                    WebhookVersion.of(request.version()).orElseThrow(),
                    request.targetUrl(),
                    request.events().stream().distinct().toList(),
                    request.secret(),
                    request.config(),
                    System.currentTimeMillis(),
                    WebhookStatus.UNVERIFIED,
                    "");
            return store.put(webhook)
                    .compose(kept -> registry.changed())
                    .onSuccess(known -> verify(webhook))
                    .compose(known -> found(webhook));
        });
    }

    private Optional<Reply> fault(WebhookRequest.RegisterWebhook request) {
        Optional<WebhookVersion> version = WebhookVersion.of(request.version());
        if (version.isEmpty()) {
            return Optional.of(wrong("version", "The version must be 1.0, 2.0 or 3.0."));
        }
        Optional<String> target = Target.fault(request.targetUrl(), settings);
        if (target.isPresent()) {
            return target.map(fault -> wrong("target_url", fault));
        }
        Optional<String> unknown = request.events().stream()
                .filter(name -> !WebhookEvent.isName(name, version.get()))
                .findFirst();
        if (unknown.isPresent() || request.events().isEmpty()) {
            return Optional.of(wrong(
                    "events",
                    unknown.map(name -> "There is no event " + name + " in version " + request.version() + ".")
                            .orElse("Name at least one event.")));
        }
        if (request.secret().isEmpty() || request.secret().length() > LONGEST_SECRET) {
            return Optional.of(wrong("secret", "The secret must have 1 to " + LONGEST_SECRET + " characters."));
        }
        return Optional.empty();
    }

    private static Reply wrong(String property, String message) {
        return Reply.Failure.ofProperty(INVALID_PROPERTY, property, message);
    }

    private Future<Reply> activate(Webhook webhook) {
        if (webhook.takesEvents()) {
            return found(webhook);
        }
        return store.set(webhook.id(), WebhookStatus.UNVERIFIED, "")
                .compose(set -> registry.changed())
                .onSuccess(known -> verify(webhook))
                .compose(known -> found(webhook.with(WebhookStatus.UNVERIFIED, "")));
    }

    private Future<Reply> deactivate(Webhook webhook) {
        String reason = "Deactivated by request.";
        return store.set(webhook.id(), WebhookStatus.INACTIVE, reason)
                .compose(set -> registry.changed())
                .compose(known -> found(webhook.with(WebhookStatus.INACTIVE, reason)));
    }

    /** Goes on after the answer. Whoever deactivates the webhook meanwhile has the last word. */
    private void verify(Webhook webhook) {
        courier.verify(webhook)
                .transform(verified -> verified.succeeded()
                        ? store.set(webhook.id(), WebhookStatus.UNVERIFIED, WebhookStatus.ACTIVE, "")
                        : store.set(
                                webhook.id(),
                                WebhookStatus.UNVERIFIED,
                                WebhookStatus.INACTIVE,
                                String.valueOf(verified.cause().getMessage())))
                .compose(set -> registry.changed())
                .onFailure(failure -> log.warn("Webhook {} was not verified: {}", webhook.id(), failure.getMessage()));
    }

    private static Future<Reply> found(Webhook webhook) {
        return Future.succeededFuture(new Reply.WebhookFound(webhook.withoutSecret()));
    }

    /** One app's webhook is no other's business. */
    private Future<Reply> with(WebhookRequest request, String id, Function<Webhook, Future<Reply>> operation) {
        return ofApp(request)
                .compose(webhooks -> webhooks.stream()
                        .filter(webhook -> webhook.id().equals(id))
                        .findFirst()
                        .map(operation)
                        .orElse(Future.succeededFuture(UNKNOWN)));
    }

    private Future<List<Webhook>> ofApp(WebhookRequest request) {
        return store.all()
                .map(all -> all.stream()
                        .filter(webhook -> webhook.app().equals(UserId.app(request.user())))
                        .sorted(Comparator.comparingLong(Webhook::createdAt).thenComparing(Webhook::id))
                        .toList());
    }
}
