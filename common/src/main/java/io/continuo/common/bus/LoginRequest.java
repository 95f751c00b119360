package io.continuo.common.bus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is asked about logins by name and password, and the hashes and API keys that users come with. */
public sealed interface LoginRequest extends MessagingRequest {

    /** What a hash was given for (protocol/atmosphere.md §6.1). */
    enum HashKind {
        LOGIN,
        API_KEY
    }

    /**
     * Gives a user a login instead of any other; {@link Reply.Done}, or {@code CONFLICT} when it is another user's. A new
     * password ends all that came of the old one.
     *
     * @param app its tag
     * @param password null to leave it
     * @param active whether one may log in with it
     */
    record SetLogin(
            String app, String user, String login, @Nullable String password, boolean active) implements LoginRequest {}

    /** Takes away a user's login, hashes and API keys; {@link Reply.Done}. */
    record DeleteLogin(String user) implements LoginRequest {}

    /**
     * Answered by {@link Reply.LoggedIn}, or a failure: {@code ACCESS_DENIED} for a wrong login or password,
     * {@code INVALID_OPERATION} when it is not active, {@code CONFLICT} when the user is logged in too often,
     * {@code RATE_LIMIT_EXCEEDED} after too many attempts, {@code USER_SUSPENDED}.
     *
     * @param app its tag
     */
    record LogIn(String app, String login, String password) implements LoginRequest {}

    /** Whose hashes these are: {@link Reply.HashesFound}. */
    record CheckHashes(List<String> digests) implements LoginRequest {
        public CheckHashes {
            digests = List.copyOf(digests);
        }

        /** What a hash is known by, to everybody but who has it. */
        public static String digest(String hash) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256")
                        .digest(hash.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** Lets a login's hash live for another while; {@link Reply.Done}. */
    record RenewHash(String digest) implements LoginRequest {}

    /** Ends a login's hash, on every node; {@link Reply.Done}. */
    record EndHash(String user, String digest) implements LoginRequest {}

    /** Answered by {@link Reply.ApiKeyMade}, or {@code CONFLICT} when the user has too many. */
    record CreateApiKey(String user, String label) implements LoginRequest {}

    /** Answered by {@link Reply.ApiKeys}. */
    record ListApiKeys(String user) implements LoginRequest {}

    /** Ends an API key, on every node; {@link Reply.Done}. */
    record DeleteApiKey(String user, String id) implements LoginRequest {}
}
