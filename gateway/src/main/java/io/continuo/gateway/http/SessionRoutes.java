package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.settings.AppSettings;
import io.continuo.gateway.admission.Admission;
import io.continuo.gateway.auth.AuthException;
import io.continuo.gateway.auth.AuthFailure;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.Login;
import io.continuo.gateway.auth.Renewals;
import io.continuo.gateway.auth.Renewals.Renewal;
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
    private final Renewals renewals;
    private final OpenSessions opener;
    private final Admission admission;

    SessionRoutes(Authenticator authenticator, ServiceClient services, SessionGate gate, Admission admission) {
        this.authenticator = authenticator;
        this.services = services;
        this.gate = gate;
        this.renewals = new Renewals(authenticator, services);
        this.admission = admission;
        this.opener = new OpenSessions(authenticator, services);
    }

    void addTo(Endpoints endpoints) {
        endpoints
                .versioned(HttpMethod.POST, "/nonces", this::createNonce)
                .versioned(HttpMethod.POST, "/sessions", call -> admission.login(() -> createSession(call)))
                .versioned(HttpMethod.POST, "/sessions/refresh", this::refreshSession)
                .open(HttpMethod.DELETE, "/sessions/:token", this::deleteSession);
    }

    /** Also what some clients probe the network with (§3.2): a nonce is for free. */
    private Future<?> createNonce(Call call) {
        return call.json(
                201, new JsonObject().put("nonce", authenticator.newNonce()).encode());
    }

    private Future<Void> createSession(Call call) {
        JsonObject body = call.body();
        String token = Call.required(body, TOKEN);
        AppSettings app = opener.app(body);
        return authenticator
                .login(app, token)
                .recover(refused -> Future.failedFuture(refusal(refused)))
                .compose(login -> open(call, login));
    }

    private Future<Void> open(Call call, Login login) {
        return opener.open(login.identity(), login.nonce(), login.longestSession())
                .compose(issued -> {
                    call.headers().set("Link", RootRoutes.linksOfASession(call.links()));
                    return call.json(
                            201,
                            new JsonObject()
                                    .put("session_token", issued.token())
                                    .encode());
                });
    }

    /** What {@code Session.refresh} is on a socket. */
    private Future<?> refreshSession(Call call) {
        return gate.admit(call.request()).compose(session -> {
            JsonObject body = call.body();
            String brought = body.getValue("session_token") == null ? null : Call.required(body, "session_token");
            return renewals.renew(session, brought).compose(renewal -> answer(call, renewal));
        });
    }

    private static Future<Void> answer(Call call, Renewal renewal) {
        return switch (renewal) {
            case Renewal.Renewed renewed ->
                call.json(200, renewed.token().toJson().encode());
            case Renewal.Refused refused -> Future.failedFuture(declined(refused.failure()));
        };
    }

    private static Throwable declined(Reply.Failure failure) {
        return failure.code() == ErrorCode.AUTHENTICATION_REQUIRED
                ? AuthFailure.REVOKED.exception()
                : new Declined(failure);
    }

    /** Whoever holds a token may end it; a dead one has ended already (§3.5). */
    private Future<?> deleteSession(Call call) {
        return authenticator
                .verify(call.path("token"))
                .compose(this::revoke)
                .recover(failure ->
                        failure instanceof AuthException refused && refused.failure() != AuthFailure.UNAVAILABLE
                                ? Future.succeededFuture(Reply.Done.INSTANCE)
                                : Future.failedFuture(failure))
                .compose(reply -> reply instanceof Reply.Failure failure ? call.fail(failure) : call.empty(204));
    }

    private Future<Reply> revoke(Session session) {
        gate.forget(session.sessionId());
        return services.ask(
                new SessionRequest.RevokeSession(session.user(), session.sessionId(), session.expiresAtMs()));
    }

    private static Throwable refusal(Throwable failure) {
        if (!(failure instanceof AuthException refused)) {
            return failure;
        }
        return switch (refused.failure()) {
            case APP_SUSPENDED, UNAVAILABLE -> refused;
            default ->
                new Declined(
                        Reply.Failure.ofProperty(ErrorCode.INVALID_PROPERTY, TOKEN, explanation(refused.failure())));
        };
    }

    private static String explanation(AuthFailure failure) {
        return switch (failure) {
            case MISSING, MALFORMED -> "The identity token is malformed or lacks a claim.";
            case UNTRUSTED ->
                "The identity token is not signed with a key and an algorithm that the app has registered.";
            case EXPIRED -> "The identity token has expired, or is not valid yet.";
            case REVOKED, NONCE -> "The identity token is not for a nonce that is alive.";
            case ISSUER -> "The identity token's issuer is not known here.";
            case UNAVAILABLE, UNKNOWN_APP, APP_SUSPENDED -> "The identity token cannot be checked.";
        };
    }
}
