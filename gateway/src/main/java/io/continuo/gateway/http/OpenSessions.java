package io.continuo.gateway.http;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.model.Identity;
import io.continuo.common.settings.AppSettings;
import io.continuo.common.settings.Apps;
import io.continuo.gateway.auth.AuthFailure;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.SessionToken;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens sessions, by whichever login (protocol/layer.md §3.4). */
final class OpenSessions {
    private static final String APP_ID = "app_id";

    private final Authenticator authenticator;
    private final ServiceClient services;

    OpenSessions(Authenticator authenticator, ServiceClient services) {
        this.authenticator = authenticator;
        this.services = services;
    }

    /** The app that a body names; the default app where that one goes by any name and none is given. */
    AppSettings app(JsonObject body) {
        Apps apps = authenticator.apps();
        if (body.getValue(APP_ID) == null && apps.defaultApp().ids().isEmpty()) {
            return living(apps.defaultApp());
        }
        return living(apps.named(Call.required(body, APP_ID))
                .orElseThrow(() -> new Declined(Reply.Failure.of(ErrorCode.INVALID_APP_ID, "There is no such app."))));
    }

    private static AppSettings living(AppSettings app) {
        if (app.suspended()) {
            throw AuthFailure.APP_SUSPENDED.exception();
        }
        return app;
    }

    /**
     * @param nonce to be spent; null for a login that needs none
     * @param longest the session lives so long at most
     * @return fails with {@link Declined}
     */
    Future<SessionToken> open(Identity identity, @Nullable String nonce, Duration longest) {
        return services.ask(new SessionRequest.OpenSession(identity, nonce)).map(reply -> switch (reply) {
            case Reply.SessionOpened opened -> {
                Duration usual = Duration.ofSeconds(opened.ttlSeconds());
                Duration ttl = longest.compareTo(usual) < 0 ? longest : usual;
                yield authenticator.issue(identity.person().userId(), ttl, opened.timeMs());
            }
            case Reply.Failure failure -> throw new Declined(aboutTheToken(failure));
            default -> throw new IllegalStateException("Not an answer to a login: " + reply);
        });
    }

    /** Whatever was wrong with the nonce was wrong with the token that it came in (§3.4). */
    private static Reply.Failure aboutTheToken(Reply.Failure failure) {
        return failure.code() == ErrorCode.INVALID_PROPERTY
                ? Reply.Failure.ofProperty(failure.code(), "identity_token", failure.message())
                : failure;
    }
}
