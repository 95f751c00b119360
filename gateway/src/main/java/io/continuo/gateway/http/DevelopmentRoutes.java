package io.continuo.gateway.http;

import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.model.Identity;
import io.continuo.common.model.Person;
import io.continuo.gateway.auth.Authenticator;
import io.continuo.gateway.auth.DevelopmentProvider;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The development login: whoever asks, is whoever they say. Where it is off these endpoints do not exist. Both take
 * {@code session_ttl_seconds}, so that a session's end can be seen without waiting long.
 */
final class DevelopmentRoutes {
    private static final List<String> CLAIMS =
            List.of("display_name", "avatar_url", "first_name", "last_name", "public_key", "session_ttl_seconds");

    private final DevelopmentProvider provider;
    private final Authenticator authenticator;
    private final ServiceClient services;
    private final Duration longestSession;

    DevelopmentRoutes(
            DevelopmentProvider provider,
            Authenticator authenticator,
            ServiceClient services,
            Duration longestSession) {
        this.provider = provider;
        this.authenticator = authenticator;
        this.services = services;
        this.longestSession = longestSession;
    }

    void addTo(Endpoints endpoints) {
        endpoints
                .open(HttpMethod.POST, "/dev/identity-token", this::identityToken)
                .open(HttpMethod.POST, "/dev/session", this::session);
    }

    private Future<?> identityToken(Call call) {
        JsonObject body = call.body();
        String user = Call.required(body, "user_id");
        String nonce = Call.required(body, "nonce");
        JsonObject claims = new JsonObject();
        CLAIMS.stream().filter(body::containsKey).forEach(claim -> claims.put(claim, body.getValue(claim)));
        String token = provider.identityToken(user, nonce, claims);
        return call.json(201, new JsonObject().put("identity_token", token).encode());
    }

    private Future<?> session(Call call) {
        JsonObject body = call.body();
        String user = Call.required(body, "user_id");
        Duration ttl = ttl(body.getValue("session_ttl_seconds"));
        return services.ask(new MessagingRequest.OpenSession(identity(user, body.getValue("display_name")), null))
                .compose(reply -> reply instanceof Reply.Failure failure
                        ? call.fail(failure)
                        : call.json(
                                201,
                                new JsonObject()
                                        .put(
                                                "session_token",
                                                authenticator.issue(user, ttl).token())
                                        .encode()));
    }

    private Duration ttl(@Nullable Object seconds) {
        return seconds instanceof Number given
                ? Duration.ofSeconds(Math.clamp(given.longValue(), 1, longestSession.toSeconds()))
                : longestSession;
    }

    private static Identity identity(String user, @Nullable Object displayName) {
        Person person = new Person(user, displayName instanceof String name ? name : "", "");
        Identity bare = Identity.of(user);
        return new Identity(person, "", "", "", "", "", bare.metadata());
    }
}
