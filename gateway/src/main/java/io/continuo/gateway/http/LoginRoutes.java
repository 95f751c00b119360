package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.LoginRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.model.LayerId;
import io.continuo.common.settings.AppSettings;
import io.continuo.common.settings.Apps;
import io.continuo.gateway.login.HashOutcome;
import io.continuo.gateway.login.Hashes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * How Navixy clients get a hash, prolong it and give it back (protocol/atmosphere.md §6.1). What they ask for may be in the
 * query or in the body, as JSON or as a form; their errors are their own.
 */
final class LoginRoutes {
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST = 1_024;
    private static final String NVX = "nvx ";

    private final ServiceClient services;
    private final Hashes hashes;
    private final Apps apps;

    LoginRoutes(ServiceClient services, Hashes hashes, Apps apps) {
        this.services = services;
        this.hashes = hashes;
        this.apps = apps;
    }

    void addTo(Endpoints endpoints) {
        endpoints
                .open(HttpMethod.POST, "/v2/user/auth", this::logIn)
                .open(HttpMethod.POST, "/v2/user/session/renew", this::renew)
                .open(HttpMethod.POST, "/v2/user/logout", this::logOut);
    }

    private Future<?> logIn(Call call) {
        JsonObject body = body(call);
        String login = parameter(call, body, "login");
        String password = parameter(call, body, "password");
        Optional<AppSettings> app = app(parameter(call, body, "app_id"));
        if (login.isBlank() || password.isEmpty() || login.length() > LONGEST || password.length() > LONGEST) {
            return refuse(call, 7, "Invalid parameters");
        }
        if (app.isEmpty()) {
            return refuse(call, 102, "Wrong login or password");
        }
        return app.get().suspended()
                ? refuse(call, 11, "Access denied")
                : services.ask(new LoginRequest.LogIn(app.get().tag(), login, password))
                        .compose(reply -> switch (reply) {
                            case Reply.LoggedIn in ->
                                succeed(
                                        call,
                                        new JsonObject()
                                                .put("type", "authenticated")
                                                .put("hash", in.hash()));
                            case Reply.Failure failure -> refuse(call, failure.code());
                            default -> throw new IllegalStateException("Not an answer to a login: " + reply);
                        });
    }

    /** A session token is prolonged otherwise. */
    private Future<?> renew(Call call) {
        return withLogin(
                call,
                known -> known.isSession() ? Optional.empty() : Optional.of(new LoginRequest.RenewHash(known.key())));
    }

    private Future<?> logOut(Call call) {
        return withLogin(
                call,
                known -> Optional.of(
                        known.isSession()
                                ? new SessionRequest.RevokeSession(known.user(), known.key(), known.expiresAtMs())
                                : new LoginRequest.EndHash(known.user(), known.key())));
    }

    /** Nothing of this is for API keys. */
    private Future<?> withLogin(Call call, Function<HashOutcome.Known, Optional<MessagingRequest>> request) {
        return hashes.authenticate(hash(call)).compose(outcome -> switch (outcome) {
            case HashOutcome.Refused refused -> refuse(call, refused.code(), refused.description());
            case HashOutcome.Known known ->
                (known.apiKey() ? Optional.<MessagingRequest>empty() : request.apply(known))
                        .map(asked -> ask(call, asked))
                        .orElseGet(() -> refuse(call, 13, "Operation not permitted"));
        });
    }

    private Future<Void> ask(Call call, MessagingRequest request) {
        return services.ask(request)
                .compose(reply -> reply instanceof Reply.Failure failure
                        ? refuse(call, failure.code())
                        : succeed(call, new JsonObject()));
    }

    private Optional<AppSettings> app(String id) {
        return id.isEmpty() ? Optional.of(apps.defaultApp()) : apps.named(LayerId.encode(id));
    }

    private static String hash(Call call) {
        String header = Objects.requireNonNullElse(call.request().getHeader(HttpHeaders.AUTHORIZATION), "");
        return header.toLowerCase(Locale.ROOT).startsWith(NVX)
                ? header.substring(NVX.length()).strip()
                : parameter(call, body(call), "hash");
    }

    private static JsonObject body(Call call) {
        String type = Objects.requireNonNullElse(call.request().getHeader(HttpHeaders.CONTENT_TYPE), "");
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/")
                ? new JsonObject()
                : call.body();
    }

    private static String parameter(Call call, JsonObject body, String name) {
        Object inBody = body.getValue(name);
        String inForm = call.request().getFormAttribute(name);
        return inBody != null
                ? inBody.toString()
                : Objects.requireNonNullElseGet(inForm, () -> call.query(name).orElse(""));
    }

    private static Future<Void> succeed(Call call, JsonObject more) {
        return call.json(
                200, new JsonObject().put("success", true).mergeIn(more).encode());
    }

    private static Future<Void> refuse(Call call, ErrorCode code) {
        return switch (code) {
            case ACCESS_DENIED -> refuse(call, 102, "Wrong login or password");
            case INVALID_OPERATION -> refuse(call, 103, "User not activated");
            case CONFLICT -> refuse(call, 104, "Too many sessions");
            case RATE_LIMIT_EXCEEDED -> refuse(call, 105, "Too many login attempts, try again later");
            case USER_SUSPENDED, APP_SUSPENDED -> refuse(call, 11, "Access denied");
            case AUTHENTICATION_REQUIRED -> refuse(call, 4, "User not found or session ended");
            default -> refuse(call, 8, "Queue service error, try again later");
        };
    }

    private static Future<Void> refuse(Call call, int code, String description) {
        return call.json(
                BAD_REQUEST,
                new JsonObject()
                        .put("success", false)
                        .put("status", new JsonObject().put("code", code).put("description", description))
                        .encode());
    }
}
