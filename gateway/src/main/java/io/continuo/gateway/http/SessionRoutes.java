package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.settings.AppSettings;
import io.continuo.common.settings.Apps;
import io.continuo.gateway.auth.AuthException;
import io.continuo.gateway.auth.AuthFailure;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.Login;
import io.continuo.gateway.auth.Session;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** Nonces and sessions (protocol/layer.md §3). A dead session in {@code Authorization} disturbs none of them (§3.4). */
final class SessionRoutes {
    private static final String TOKEN = "identity_token";

    private final Authenticator authenticator;
    private final ServiceClient services;
    private final SessionGate gate;
    private final Apps apps;

    SessionRoutes(Authenticator authenticator, ServiceClient services, SessionGate gate, Apps apps) {
        this.authenticator = authenticator;
        this.services = services;
        this.gate = gate;
        this.apps = apps;
    }

    void addTo(Endpoints endpoints) {
        endpoints
                .versioned(HttpMethod.POST, "/nonces", this::createNonce)
                .versioned(HttpMethod.POST, "/sessions", this::createSession)
                .open(HttpMethod.DELETE, "/sessions/:token", this::deleteSession);
    }

    /** Also what some clients probe the network with (§3.2): a nonce is for free. */
    private Future<?> createNonce(Call call) {
        return call.json(
                201, new JsonObject().put("nonce", authenticator.newNonce()).encode());
    }

    private Future<?> createSession(Call call) {
        JsonObject body = call.body();
        String token = Call.required(body, TOKEN);
        checkApp(body);
        return authenticator
                .login(token)
                .recover(refused -> Future.failedFuture(refusal(refused)))
                .compose(login -> open(login).map(done -> login))
                .compose(login -> answer(call, login));
    }

    /** Whoever holds a token may end it; a dead one has ended already (§3.5). */
    private Future<?> deleteSession(Call call) {
        return authenticator
                .verify(call.path("token"))
                .compose(this::revoke)
                .recover(failure -> failure instanceof AuthException
                        ? Future.succeededFuture(Reply.Done.INSTANCE)
                        : Future.failedFuture(failure))
                .compose(reply -> reply instanceof Reply.Failure failure ? call.fail(failure) : call.empty(204));
    }

    private Future<Reply> revoke(Session session) {
        gate.forget(session.sessionId());
        return services.ask(
                new MessagingRequest.RevokeSession(session.user(), session.sessionId(), session.expiresAtMs()));
    }

    private Future<Reply> open(Login login) {
        return services.ask(new MessagingRequest.OpenSession(login.identity(), login.nonce()))
                .map(reply -> {
                    if (reply instanceof Reply.Failure failure) {
                        throw new Declined(aboutTheToken(failure));
                    }
                    return reply;
                });
    }

    private Future<?> answer(Call call, Login login) {
        String user = login.identity().person().userId();
        String token = authenticator.issue(user, login.sessionTtl()).token();
        call.headers().set("Link", RootRoutes.linksOfASession(call.links()));
        return call.json(201, new JsonObject().put("session_token", token).encode());
    }

    private void checkApp(JsonObject body) {
        if (body.getValue("app_id") == null && apps.defaultApp().ids().isEmpty()) {
            return;
        }
        if (apps.named(Call.required(body, "app_id"))
                .filter(AppSettings::isDefault)
                .isEmpty()) {
            throw new Declined(Reply.Failure.of(ErrorCode.INVALID_APP_ID, "There is no such app."));
        }
    }

    private static Throwable refusal(Throwable failure) {
        return failure instanceof AuthException refused
                ? new Declined(
                        Reply.Failure.ofProperty(ErrorCode.INVALID_PROPERTY, TOKEN, explanation(refused.failure())))
                : failure;
    }

    private static Reply.Failure aboutTheToken(Reply.Failure failure) {
        return failure.code() == ErrorCode.INVALID_PROPERTY
                ? Reply.Failure.ofProperty(failure.code(), TOKEN, failure.message())
                : failure;
    }

    private static String explanation(AuthFailure failure) {
        return switch (failure) {
            case MISSING, MALFORMED -> "The identity token is malformed or lacks a claim.";
            case UNTRUSTED -> "The identity token is not signed with RS256 and a key that is known here.";
            case EXPIRED -> "The identity token has expired.";
            case REVOKED, NONCE -> "The identity token is not for a nonce that is alive.";
            case ISSUER -> "The identity token's issuer is not known here.";
        };
    }
}
