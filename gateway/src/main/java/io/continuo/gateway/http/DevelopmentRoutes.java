package io.continuo.gateway.http;

import io.continuo.common.model.Identity;
import io.continuo.common.model.Person;
import io.continuo.common.model.UserId;
import io.continuo.common.settings.AppSettings;
import io.continuo.gateway.admission.Admission;
import io.continuo.gateway.auth.DevelopmentProvider;
import io.continuo.gateway.auth.Login;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The development login: whoever asks, is whoever they say. Where it is off these endpoints do not exist. Both take
 * {@code session_ttl_seconds}, so that a session's end can be seen without waiting long; a session is of the app that
 * {@code app_id} names, while an identity token names none.
 */
final class DevelopmentRoutes {
    private static final List<String> CLAIMS =
            List.of("display_name", "avatar_url", "first_name", "last_name", "public_key", "session_ttl_seconds");

    private final DevelopmentProvider provider;
    private final OpenSessions sessions;
    private final Admission admission;

    DevelopmentRoutes(DevelopmentProvider provider, OpenSessions sessions, Admission admission) {
        this.provider = provider;
        this.sessions = sessions;
        this.admission = admission;
    }

    void addTo(Endpoints endpoints) {
        endpoints
                .open(HttpMethod.POST, "/dev/identity-token", this::identityToken)
                .open(HttpMethod.POST, "/dev/session", call -> admission.login(() -> session(call)));
    }

    private Future<?> identityToken(Call call) {
        JsonObject body = call.body();
        String user = user(body);
        String nonce = Call.required(body, "nonce");
        JsonObject claims = new JsonObject();
        CLAIMS.stream().filter(body::containsKey).forEach(claim -> claims.put(claim, body.getValue(claim)));
        String token = provider.identityToken(user, nonce, claims);
        return call.json(201, new JsonObject().put("identity_token", token).encode());
    }

    private Future<Void> session(Call call) {
        JsonObject body = call.body();
        AppSettings app = sessions.app(body);
        String user = UserId.of(app.tag(), user(body));
        return sessions.open(identity(user, body.getValue("display_name")), null, longest(body))
                .compose(issued -> call.json(
                        201,
                        new JsonObject().put("session_token", issued.token()).encode()));
    }

    private static String user(JsonObject body) {
        String given = Call.required(body, "user_id");
        if (!UserId.isValid(given)) {
            throw BadRequest.invalid(
                    "user_id", "user_id must have 1 to 512 characters, none of them a control character.");
        }
        return given;
    }

    private static Duration longest(JsonObject body) {
        return body.getValue("session_ttl_seconds") instanceof Number given
                ? Duration.ofSeconds(Math.max(1, given.longValue()))
                : Login.USUAL;
    }

    private static Identity identity(String user, @Nullable Object displayName) {
        Person person = new Person(user, displayName instanceof String name ? name : "", "");
        return new Identity(person, "", "", "", "", "", Map.of());
    }
}
