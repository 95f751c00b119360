package io.continuo.gateway.api;

import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.model.BlockChange;
import io.continuo.common.model.BlockChange.Kind;
import io.continuo.common.model.PushToken;
import io.continuo.gateway.dialect.BadRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks, suspension, badges and push tokens (protocol/layer.md §13.10, §14.1). */
final class AccountOperations {
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    private static final int LARGEST_PAGE = 500;
    private static final int LONGEST_TEXT = 4_096;
    private static final String BLOCKED = "/blocks/:user";
    private static final String OBJECT = "identities/:user";
    private static final String USER = ServerOperations.USER;

    private AccountOperations() {}

    static List<Operation> rows() {
        return List.of(
                Operation.read("Block.list", "/blocks", "", AccountOperations::blocks),
                Operation.read(
                                "Block.get",
                                BLOCKED,
                                OBJECT,
                                input -> new UserRequest.CheckBlock(input.user(), input.userNamed("user")))
                        .answering(NO_CONTENT),
                Operation.change(
                        "Block.create",
                        HttpMethod.PUT,
                        BLOCKED,
                        OBJECT,
                        input -> block(input, Kind.ADD, input.validUser("user"))),
                Operation.change(
                        "Block.delete",
                        HttpMethod.DELETE,
                        BLOCKED,
                        OBJECT,
                        input -> block(input, Kind.REMOVE, input.userNamed("user"))),
                Operation.change("PushToken.create", HttpMethod.POST, "/push_tokens", "", AccountOperations::pushToken)
                        .answering(ACCEPTED),
                Operation.change(
                                "PushToken.delete",
                                HttpMethod.DELETE,
                                "/push_tokens/:device",
                                "push_tokens/:device",
                                input -> new UserRequest.DeletePushToken(input.user(), input.name("device")))
                        .answering(ACCEPTED));
    }

    static List<Operation> serverRows() {
        return List.of(
                Operation.read("Server.User.get", USER, "", input -> new UserRequest.GetUser(input.user())),
                Operation.change("Server.User.update", HttpMethod.PATCH, USER, "", input -> UserPatchReader.read(input))
                        .answering(ACCEPTED),
                Operation.read(
                        "Server.User.Badge.get", USER + "/badge", "", input -> new UserRequest.GetBadge(input.user())),
                Operation.change(
                        "Server.User.Badge.set", HttpMethod.PUT, USER + "/badge", "", AccountOperations::badge));
    }

    private static MessagingRequest blocks(Input input) {
        return new UserRequest.ListBlocks(input.user(), input.pageSize(LARGEST_PAGE), IdentityOperations.after(input));
    }

    private static MessagingRequest block(Input input, Kind kind, String other) {
        return new UserRequest.ChangeUser(input.user(), List.of(new BlockChange(kind, List.of(other))), null);
    }

    private static MessagingRequest badge(Input input) {
        Object count = input.object().getValue("external_unread_count");
        if (count == null) {
            throw BadRequest.missing("external_unread_count");
        }
        if (count instanceof Integer number && number >= 0) {
            return new UserRequest.SetBadge(input.user(), number);
        }
        throw BadRequest.invalid("external_unread_count", "external_unread_count must be a number from 0.");
    }

    private static MessagingRequest pushToken(Input input) {
        JsonObject body = input.object();
        String type = required(body, "type");
        if (!type.equals("apns") && !type.equals("gcm")) {
            throw BadRequest.invalid("type", "type must be apns or gcm.");
        }
        return new UserRequest.SavePushToken(
                input.user(),
                new PushToken(
                        required(body, "device_id"),
                        type,
                        required(body, "token"),
                        text(body, "apns_bundle_id"),
                        text(body, "gcm_sender_id"),
                        text(body, "ios_version")));
    }

    private static String required(JsonObject body, String property) {
        String text = text(body, property);
        if (text == null) {
            throw BadRequest.missing(property);
        }
        return text;
    }

    private static @Nullable String text(JsonObject body, String property) {
        Object value = body.getValue(property);
        if (value == null) {
            return null;
        }
        String text = value.toString();
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw BadRequest.invalid(property, property + " must be text.");
        }
        return text;
    }
}
