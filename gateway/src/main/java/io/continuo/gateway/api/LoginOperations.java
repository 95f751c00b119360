package io.continuo.gateway.api;

import io.continuo.common.bus.LoginRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.model.UserId;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logins and API keys that an app's backend gives to its users (protocol/atmosphere.md §6.1). */
final class LoginOperations {
    private static final int LONGEST_LOGIN = 255;
    private static final int LONGEST_PASSWORD = 1_024;
    private static final int SHORTEST_PASSWORD = 6;
    private static final String LOGIN = ServerOperations.USER + "/login";
    private static final String KEYS = ServerOperations.USER + "/api_keys";

    private LoginOperations() {}

    static List<Operation> serverRows() {
        return List.of(
                Operation.change("Server.User.Login.set", HttpMethod.PUT, LOGIN, "", LoginOperations::set),
                Operation.change(
                        "Server.User.Login.delete",
                        HttpMethod.DELETE,
                        LOGIN,
                        "",
                        input -> new LoginRequest.DeleteLogin(input.user())),
                Operation.read(
                        "Server.User.ApiKey.list", KEYS, "", input -> new LoginRequest.ListApiKeys(input.user())),
                Operation.create("Server.User.ApiKey.create", KEYS, "", LoginOperations::createKey),
                Operation.change(
                        "Server.User.ApiKey.delete",
                        HttpMethod.DELETE,
                        KEYS + "/:key",
                        "",
                        input -> new LoginRequest.DeleteApiKey(input.user(), input.name("key"))));
    }

    private static MessagingRequest set(Input input) {
        JsonObject body = input.object();
        String login = text(body, "login", LONGEST_LOGIN);
        if (login == null) {
            throw BadRequest.missing("login");
        }
        String password = text(body, "password", LONGEST_PASSWORD);
        if (password != null && password.length() < SHORTEST_PASSWORD) {
            throw BadRequest.invalid("password", "password must have at least " + SHORTEST_PASSWORD + " characters.");
        }
        Object active = body.getValue("active", true);
        if (!(active instanceof Boolean isActive)) {
            throw BadRequest.invalid("active", "active must be true or false.");
        }
        return new LoginRequest.SetLogin(UserId.app(input.user()), input.user(), login, password, isActive);
    }

    private static MessagingRequest createKey(Input input) {
        String label = text(input.object(), "label", LONGEST_LOGIN);
        return new LoginRequest.CreateApiKey(input.user(), label == null ? "" : label);
    }

    private static @Nullable String text(JsonObject body, String property, int longest) {
        Object value = body.getValue(property);
        if (value == null) {
            return null;
        }
        if (value instanceof String text
                && !text.isBlank()
                && text.length() <= longest
                && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        throw BadRequest.invalid(property, property + " must be text of 1 to " + longest + " characters.");
    }
}
