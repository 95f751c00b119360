package io.continuo.common.bus;

import io.continuo.common.model.BlockChange;
import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.PushToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked about users: their profiles, whom they follow and block, badges, devices. */
public sealed interface UserRequest extends MessagingRequest {

    /** Answered by {@link Reply.IdentityFound}, with what is known; not found once it was deleted (§13.8). */
    record GetIdentity(String user) implements UserRequest {}

    /** Answered by {@link Reply.IdentityFound}; not found for whom no profile was ever given (§14.1). */
    record GetProfile(String user) implements UserRequest {}

    /** Gives a user a profile, for the app's backend; {@code ID_IN_USE} when there is one (§14.1). */
    record CreateIdentity(Identity identity) implements UserRequest, AboutUser {
        @Override
        public String user() {
            return identity.person().userId();
        }
    }

    /** Gives a user this profile instead of any other, for the app's backend; {@link Reply.Done} (§14.1). */
    record ReplaceIdentity(Identity identity) implements UserRequest, AboutUser {
        @Override
        public String user() {
            return identity.person().userId();
        }
    }

    /** Carries out all of {@code changes} or none, for the app's backend; {@link Reply.Done} (§11, §14.1). */
    record ChangeIdentity(String user, List<IdentityChange> changes) implements UserRequest, AboutUser {
        public ChangeIdentity {
            changes = List.copyOf(changes);
        }
    }

    /** Takes a user's profile away, for the app's backend; {@link Reply.Done} (§14.1). */
    record DeleteIdentity(String user) implements UserRequest, AboutUser {}

    /** The same with profiles: {@link Reply.IdentityPage}. */
    record ListIdentities(
            String user, int pageSize, @Nullable String after) implements UserRequest {}

    /** {@code user} follows others from now on; {@link Reply.Done} (§13.8). */
    record Follow(String user, List<String> others) implements UserRequest, AboutUser {
        public Follow {
            others = List.copyOf(others);
        }
    }

    /** {@code user} follows {@code other} no more; {@link Reply.Done} (§13.8). */
    record Unfollow(String user, String other) implements UserRequest, AboutUser {}

    /** Whether {@code user} follows {@code other}: {@link Reply.Done}, or not found (§13.8). */
    record CheckFollowing(String user, String other) implements UserRequest {}

    /**
     * Whom {@code user} follows, newest first: {@link Reply.UserPage} (§13.8).
     *
     * @param after the user after whom the page starts; null for the first page
     */
    record ListFollowing(
            String user, int pageSize, @Nullable String after) implements UserRequest {}

    /**
     * Changes what an app decides on a user, for its backend, or blocks for the user: one after another;
     * {@link Reply.Done} (§14.1).
     *
     * @param suspended null to leave it as it is
     */
    record ChangeUser(
            String user, List<BlockChange> blocks, @Nullable Boolean suspended) implements UserRequest, AboutUser {
        public ChangeUser {
            blocks = List.copyOf(blocks);
        }
    }

    /** What an app has decided on a user: {@link Reply.UserFound} (§14.1). */
    record GetUser(String user) implements UserRequest {}

    /** Whether {@code user} has blocked {@code other}: {@link Reply.Done}, or not found. */
    record CheckBlock(String user, String other) implements UserRequest {}

    /** Whom {@code user} has blocked, newest first: {@link Reply.UserPage}; as {@link ListFollowing}. */
    record ListBlocks(String user, int pageSize, @Nullable String after) implements UserRequest {}

    /** The numbers for a user's badge: {@link Reply.BadgeFound} (§14.1). */
    record GetBadge(String user) implements UserRequest {}

    /** Sets what the app itself counts; {@link Reply.Done} (§14.1). */
    record SetBadge(String user, int external) implements UserRequest, AboutUser {}

    /** Keeps a token of a user's device; {@link Reply.Done} (§13.10). */
    record SavePushToken(String user, PushToken token) implements UserRequest, AboutUser {}

    /** Forgets the token of a device; {@link Reply.Done} (§13.10). */
    record DeletePushToken(String user, String deviceId) implements UserRequest, AboutUser {}
}
