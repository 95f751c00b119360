package io.continuo.gateway.api;

import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.bus.UserRequest;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.UserId;
import io.continuo.gateway.dialect.IdentityReader;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Identities and who follows whom (protocol/layer.md §13.8, §14.1). */
final class IdentityOperations {
    private static final int LARGEST_PAGE = 500;
    private static final int ACCEPTED = 202;
    private static final String FOLLOWED = "/following/users/:user";
    private static final String OBJECT = "identities/:user";
    private static final String IDENTITY = ServerOperations.USER + "/identity";
    private static final String FOLLOWING = ServerOperations.USER + "/following";

    private IdentityOperations() {}

    /** Clients read identities and choose whom they follow. */
    static List<Operation> rows() {
        return List.of(
                Operation.read("Identity.list", "/identities", "", IdentityOperations::identities),
                Operation.read(
                        "Identity.get",
                        "/identities/:user",
                        OBJECT,
                        input -> new UserRequest.GetIdentity(input.userNamed("user"))),
                Operation.read("Following.list", "/following", "", IdentityOperations::following),
                Operation.read("Following.get", FOLLOWED, OBJECT, input -> check(input, "user"))
                        .answering(204),
                Operation.change("Following.create", HttpMethod.PUT, FOLLOWED, OBJECT, input -> follow(input, "user")),
                Operation.change(
                        "Following.delete", HttpMethod.DELETE, FOLLOWED, OBJECT, input -> unfollow(input, "user")),
                Operation.change(
                        "Following.remove",
                        HttpMethod.DELETE,
                        "/following/:user",
                        OBJECT,
                        input -> unfollow(input, "user")),
                Operation.change(
                                "Following.add", HttpMethod.POST, "/following/users", "", IdentityOperations::followAll)
                        .answering(ACCEPTED));
    }

    /** An app's backend gives its users their identities, and does for them what they can do (§14.1). */
    static List<Operation> serverRows() {
        return List.of(
                Operation.read(
                        "Server.User.Identity.read", IDENTITY, "", input -> new UserRequest.GetProfile(input.user())),
                Operation.create(
                        "Server.User.Identity.create",
                        IDENTITY,
                        "",
                        input -> new UserRequest.CreateIdentity(IdentityReader.identity(input.user(), input.object()))),
                Operation.change(
                        "Server.User.Identity.replace",
                        HttpMethod.PUT,
                        IDENTITY,
                        "",
                        input ->
                                new UserRequest.ReplaceIdentity(IdentityReader.identity(input.user(), input.object()))),
                Operation.change(
                        "Server.User.Identity.update",
                        HttpMethod.PATCH,
                        IDENTITY,
                        "",
                        input -> IdentityReader.change(input.user(), input.patch())),
                Operation.change(
                        "Server.User.Identity.delete",
                        HttpMethod.DELETE,
                        IDENTITY,
                        "",
                        input -> new UserRequest.DeleteIdentity(input.user())),
                Operation.change(
                                "Server.User.Following.add",
                                HttpMethod.POST,
                                FOLLOWING,
                                "",
                                IdentityOperations::followAll)
                        .answering(ACCEPTED),
                Operation.read("Server.User.Following.get", FOLLOWING + "/:v", "", input -> check(input, "v"))
                        .answering(204),
                Operation.change(
                        "Server.User.Following.create",
                        HttpMethod.PUT,
                        FOLLOWING + "/:v",
                        "",
                        input -> follow(input, "v")),
                Operation.change(
                        "Server.User.Following.delete",
                        HttpMethod.DELETE,
                        FOLLOWING + "/:v",
                        "",
                        input -> unfollow(input, "v")));
    }

    private static MessagingRequest identities(Input input) {
        return new UserRequest.ListIdentities(input.user(), input.pageSize(LARGEST_PAGE), after(input));
    }

    private static MessagingRequest following(Input input) {
        return new UserRequest.ListFollowing(input.user(), input.pageSize(LARGEST_PAGE), after(input));
    }

    private static MessagingRequest check(Input input, String name) {
        return new UserRequest.CheckFollowing(input.user(), input.userNamed(name));
    }

    private static MessagingRequest follow(Input input, String name) {
        return new UserRequest.Follow(input.user(), List.of(input.validUser(name)));
    }

    private static MessagingRequest unfollow(Input input, String name) {
        return new UserRequest.Unfollow(input.user(), input.userNamed(name));
    }

    private static MessagingRequest followAll(Input input) {
        return new UserRequest.Follow(input.user(), input.users(input.array(), "users"));
    }

    /** {@code from_id}, an identity's id or a user's. */
    static @Nullable String after(Input input) {
        return input.parameter("from_id")
                .map(given -> UserId.beside(input.user(), LayerId.userId(given)))
                .orElse(null);
    }
}
