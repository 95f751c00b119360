package io.continuo.common.bus;

import io.continuo.common.event.Position;
import io.continuo.common.model.BlockChange;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.Notification;
import io.continuo.common.model.Part;
import io.continuo.common.model.PartEdit;
import io.continuo.common.model.PushToken;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.common.model.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a gateway or another service asks of the messaging service. Ids are bare UUIDs; users are user ids. */
public sealed interface MessagingRequest extends BusMessage {

    /** A request about one conversation; the owner of its partition answers it best, any instance can. */
    sealed interface InConversation extends MessagingRequest {
        String conversationId();
    }

    /** A request about one user and what is kept of them; the owner of the user's partition answers it best, any can. */
    sealed interface AboutUser extends MessagingRequest {
        String user();
    }

    /** The order of a list of conversations, newest first (protocol/layer.md §13.4). */
    enum SortBy {
        CREATED_AT,
        LAST_MESSAGE
    }

    /**
     * Answered by {@link Reply.ConversationFound}, created or found (§7.2).
     *
     * @param conversationId chosen by the client, or fresh
     * @param participants user ids; the creator is added
     */
    record CreateConversation(
            String user,
            String conversationId,
            List<String> participants,
            boolean distinct,
            @Nullable Map<String, Object> metadata)
            implements InConversation {}

    /** Answered by {@link Reply.ConversationFound}. */
    record GetConversation(String user, String conversationId) implements InConversation {}

    /** Carries out all of {@code changes} or none; answered by {@link Reply.Done} (§11, §13.4). */
    record ChangeConversation(String user, String conversationId, List<ConversationChange> changes)
            implements InConversation {
        public ChangeConversation {
            changes = List.copyOf(changes);
        }
    }

    /** Deletes a conversation for everyone; answered by {@link Reply.Done} (§8.4, §13.4). */
    record DeleteConversation(String user, String conversationId) implements InConversation {}

    /** Takes {@code user} out of a conversation and the conversation out of their sight; {@link Reply.Done}. */
    record LeaveConversation(String user, String conversationId) implements InConversation {}

    /**
     * Takes a conversation out of {@code user}'s sight until somebody writes, and what was said in it for ever; answered by
     * {@link Reply.Done} (§8.4, §13.4).
     */
    record CutConversation(String user, String conversationId) implements InConversation {}

    /** Takes a message out of {@code user}'s sight; answered by {@link Reply.Done} (§8.4, §13.5). */
    record HideMessage(String user, String messageId) implements MessagingRequest {}

    /** Deletes a message for everyone; answered by {@link Reply.Done} (§8.4, §13.5). */
    record DeleteMessage(String user, String messageId) implements MessagingRequest {}

    /** The same for a client that names no mode, as it does in channels; elsewhere it has to (§13.9). */
    record DeleteChannelMessage(String user, String messageId) implements MessagingRequest {}

    /**
     * Answered by {@link Reply.ConversationPage}.
     *
     * @param after the conversation after which the page starts; null for the first page
     */
    record ListConversations(
            String user,
            SortBy sortBy,
            int pageSize,
            @Nullable String after) implements MessagingRequest {}

    /**
     * Answered by {@link Reply.ChannelFound}, or a failure with {@code CONFLICT} and the channel that has the name (§7.5).
     * What else is done to channels is done as to conversations: {@link ChangeConversation} changes metadata and name, and
     * adds and removes members, {@link LeaveConversation} leaves, {@link DeleteConversation} deletes.
     *
     * @param conversationId of {@link io.continuo.common.model.ContainerId}, chosen by the client, or fresh
     * @param members user ids; the creator is added
     */
    record CreateChannel(
            String user,
            String conversationId,
            String name,
            List<String> members,
            @Nullable Map<String, Object> metadata)
            implements InConversation {}

    /** Answered by {@link Reply.ChannelFound}: everybody in the app may look at a channel (§13.9). */
    record GetChannel(String user, String conversationId) implements InConversation {}

    /**
     * The channels whose member {@code user} is, newest first: {@link Reply.ChannelPage}.
     *
     * @param name only the channel of this name, also for who is no member; null for all
     * @param after the channel after which the page starts; null for the first page
     */
    record ListChannels(
            String user,
            @Nullable String name,
            int pageSize,
            @Nullable String after) implements MessagingRequest {}

    /**
     * The members of a channel, newest first: {@link Reply.MemberPage}. For members.
     *
     * @param after the member after whom the page starts; null for the first page
     */
    record ListMembers(
            String user,
            String conversationId,
            int pageSize,
            @Nullable String after) implements InConversation {}

    /** Answered by {@link Reply.MemberFound}. For members, and for who asks whether they are one. */
    record GetMember(String user, String conversationId, String member) implements InConversation {}

    /**
     * Answered by {@link Reply.MessageFound} (§7.3).
     *
     * @param messageId chosen by the client, or fresh
     * @param notification null when the client says nothing of how to notify
     */
    record CreateMessage(
            String user,
            String conversationId,
            String messageId,
            List<Part> parts,
            @Nullable Notification notification) implements InConversation {

        /** Says nothing of how to notify. */
        public CreateMessage(String user, String conversationId, String messageId, List<Part> parts) {
            this(user, conversationId, messageId, parts, null);
        }

        /** The same with other parts. */
        public CreateMessage with(List<Part> otherParts) {
            return new CreateMessage(user, conversationId, messageId, otherParts, notification);
        }
    }

    /**
     * Changes a part of a message that was sent; for the message's sender and the app's backend. Answered by
     * {@link Reply.PartFound}, or by {@link Reply.Done} when the part is gone (§14.1).
     */
    record ChangePart(String user, String messageId, PartEdit edit) implements MessagingRequest {}

    /**
     * Content is about to be uploaded; {@link Reply.Done} (§13.6).
     *
     * @param size bytes; 0 when nobody said
     */
    record AnnounceContent(String user, String contentId, String type, long size) implements MessagingRequest {}

    /** The bytes of announced content are there; {@link Reply.Done}. */
    record ContentUploaded(String contentId, long size) implements MessagingRequest {}

    /** Answered by {@link Reply.ContentFound} to who uploaded it, or sees a message that uses it. */
    record GetContent(String user, String contentId) implements MessagingRequest {}

    /** Answered by {@link Reply.PartFound}; {@code part} is a bare UUID or an index in digits. */
    record GetPart(String user, String messageId, String part) implements MessagingRequest {}

    /** Answered by {@link Reply.PartsFound}. */
    record ListParts(String user, String messageId) implements MessagingRequest {}

    /**
     * A backend has somebody of its app say something, whether or not they take part; answered as {@code message} (§14.1).
     *
     * @param message of the one who is to be the sender
     */
    record CreateMessageFor(String backend, CreateMessage message) implements InConversation {
        @Override
        public String conversationId() {
            return message.conversationId();
        }
    }

    /** Answered by {@link Reply.MessageFound}. */
    record GetMessage(String user, String messageId) implements MessagingRequest {}

    /** Answered by {@link Reply.MessagePage}, newest first. */
    record ListMessages(
            String user,
            String conversationId,
            int pageSize,
            @Nullable String after) implements InConversation {}

    /** Moves {@code user}'s status of a message forward; answered by {@link Reply.Done} (§13.5). */
    record MarkMessage(String user, String messageId, ReceiptStatus status) implements MessagingRequest {}

    /**
     * Makes {@code user} have read everything up to a place; answered by {@link Reply.Done} (§8.5, §13.4).
     *
     * @param position of the newest message that is read; null for all of them
     */
    record MarkAllRead(
            String user, String conversationId, @Nullable Long position) implements InConversation {}

    /** Answered by {@link Reply.IdentityFound}, with what is known; not found once it was deleted (§13.8). */
    record GetIdentity(String user) implements MessagingRequest {}

    /** Answered by {@link Reply.IdentityFound}; not found for whom no profile was ever given (§14.1). */
    record GetProfile(String user) implements MessagingRequest {}

    /** Gives a user a profile, for the app's backend; {@code ID_IN_USE} when there is one (§14.1). */
    record CreateIdentity(Identity identity) implements AboutUser {
        @Override
        public String user() {
            return identity.person().userId();
        }
    }

    /** Gives a user this profile instead of any other, for the app's backend; {@link Reply.Done} (§14.1). */
    record ReplaceIdentity(Identity identity) implements AboutUser {
        @Override
        public String user() {
            return identity.person().userId();
        }
    }

    /** Carries out all of {@code changes} or none, for the app's backend; {@link Reply.Done} (§11, §14.1). */
    record ChangeIdentity(String user, List<IdentityChange> changes) implements AboutUser {
        public ChangeIdentity {
            changes = List.copyOf(changes);
        }
    }

    /** Takes a user's profile away, for the app's backend; {@link Reply.Done} (§14.1). */
    record DeleteIdentity(String user) implements AboutUser {}

    /** {@code user} follows others from now on; {@link Reply.Done} (§13.8). */
    record Follow(String user, List<String> others) implements AboutUser {
        public Follow {
            others = List.copyOf(others);
        }
    }

    /** {@code user} follows {@code other} no more; {@link Reply.Done} (§13.8). */
    record Unfollow(String user, String other) implements AboutUser {}

    /** Whether {@code user} follows {@code other}: {@link Reply.Done}, or not found (§13.8). */
    record CheckFollowing(String user, String other) implements MessagingRequest {}

    /**
     * Tells some users something, for the app's backend; answered by {@link Reply.Done} when it is stored (§14.1).
     *
     * @param announcementId chosen by the backend, or fresh
     * @param sender a user, or a name alone
     */
    record CreateAnnouncement(
            String user, String announcementId, String sender, List<String> recipients, List<Part> parts)
            implements MessagingRequest {
        public CreateAnnouncement {
            recipients = List.copyOf(recipients);
            parts = List.copyOf(parts);
        }
    }

    /** Answered by {@link Reply.AnnouncementFound} (§13.7). */
    record GetAnnouncement(String user, String announcementId) implements MessagingRequest {}

    /** Answered by {@link Reply.AnnouncementPage}, newest first (§13.7). */
    record ListAnnouncements(
            String user, int pageSize, @Nullable String after) implements MessagingRequest {}

    /** Moves {@code user}'s status of an announcement forward; {@link Reply.Done} (§13.7). */
    record MarkAnnouncement(String user, String announcementId, ReceiptStatus status) implements AboutUser {}

    /** Takes an announcement away from {@code user} alone; {@link Reply.Done} (§13.7). */
    record DeleteAnnouncement(String user, String announcementId) implements AboutUser {}

    /**
     * Changes what an app decides on a user, for its backend, or blocks for the user: one after another;
     * {@link Reply.Done} (§14.1).
     *
     * @param suspended null to leave it as it is
     */
    record ChangeUser(
            String user, List<BlockChange> blocks, @Nullable Boolean suspended) implements AboutUser {
        public ChangeUser {
            blocks = List.copyOf(blocks);
        }
    }

    /** What an app has decided on a user: {@link Reply.UserFound} (§14.1). */
    record GetUser(String user) implements MessagingRequest {}

    /** Whether {@code user} has blocked {@code other}: {@link Reply.Done}, or not found. */
    record CheckBlock(String user, String other) implements MessagingRequest {}

    /** Whom {@code user} has blocked, newest first: {@link Reply.UserPage}; as {@link ListFollowing}. */
    record ListBlocks(String user, int pageSize, @Nullable String after) implements MessagingRequest {}

    /** The numbers for a user's badge: {@link Reply.BadgeFound} (§14.1). */
    record GetBadge(String user) implements MessagingRequest {}

    /** Sets what the app itself counts; {@link Reply.Done} (§14.1). */
    record SetBadge(String user, int external) implements AboutUser {}

    /** Keeps a token of a user's device; {@link Reply.Done} (§13.10). */
    record SavePushToken(String user, PushToken token) implements AboutUser {}

    /** Forgets the token of a device; {@link Reply.Done} (§13.10). */
    record DeletePushToken(String user, String deviceId) implements AboutUser {}

    /**
     * Whom {@code user} follows, newest first: {@link Reply.UserPage} (§13.8).
     *
     * @param after the user after whom the page starts; null for the first page
     */
    record ListFollowing(
            String user, int pageSize, @Nullable String after) implements MessagingRequest {}

    /** The same with profiles: {@link Reply.IdentityPage}. */
    record ListIdentities(
            String user, int pageSize, @Nullable String after) implements MessagingRequest {}

    /**
     * Spends a nonce and creates or refreshes the identity; answered by {@link Reply.SessionOpened}, or a failure with
     * {@code INVALID_PROPERTY} when the nonce was spent before (§3.3).
     *
     * @param nonce null for a login that needs none
     */
    record OpenSession(Identity identity, @Nullable String nonce) implements MessagingRequest {}

    /**
     * Ends a session for good, on every node; answered by {@link Reply.Done}.
     *
     * @param expiresAt when the session's token would end by itself, milliseconds since the epoch
     */
    record RevokeSession(String user, String sessionId, long expiresAt) implements MessagingRequest {}

    /** Ends all sessions of a user that have begun, on every node; answered by {@link Reply.Done} (§14.1). */
    record RevokeSessions(String user) implements MessagingRequest {}

    /**
     * Whether a session still lives: {@link Reply.Done}, or a failure with {@code AUTHENTICATION_REQUIRED}.
     *
     * @param beganMs when it began, milliseconds since the epoch
     */
    record CheckSession(String user, String sessionId, long beganMs) implements MessagingRequest {}

    /** Which of these sessions were ended before their time: {@link Reply.EndedSessions}. */
    record FindEndedSessions(List<CheckSession> sessions) implements MessagingRequest {
        public FindEndedSessions {
            sessions = List.copyOf(sessions);
        }
    }

    /** Lets a session go on: {@link Reply.SessionOpened}, or a failure with {@code AUTHENTICATION_REQUIRED}. */
    record RenewSession(CheckSession session) implements MessagingRequest {}

    /**
     * How long sessions live that begin from now on, or are renewed; answered by {@link Reply.Done}, or a failure with
     * {@code INVALID_PROPERTY} for what is not from 30 seconds to a year (§14.1).
     *
     * @param app its tag; empty for the default app
     */
    record SetSessionTtl(String app, int seconds) implements MessagingRequest {}

    /** Who takes part: {@link Reply.Audience}, or a failure when {@code user} does not (any more). */
    record GetAudience(String user, String conversationId) implements InConversation {}

    /**
     * From now on deliveries to {@code user} go to {@code loop} too; answered by {@link Reply.Attached}, or a failure
     * with {@code AUTHENTICATION_REQUIRED} when the session is revoked.
     *
     * @param beganMs when the session began, milliseconds since the epoch
     * @param token grows with each attachment of the loop, so that a late detach cannot undo a newer one
     * @param since where the client was, or null when it starts at the tail
     */
    record Attach(
            String user,
            String sessionId,
            long beganMs,
            String loop,
            long token,
            @Nullable Position since) implements MessagingRequest {}

    /**
     * Tells a gateway loop's canary, which has attached like a client, that it has sung: on the way that every change
     * takes, through this partition's outbox. Answered by {@link Reply.Done} when it is stored.
     *
     * @param user of {@link UserId#canary}
     */
    record Sing(String user, int partition, long number) implements MessagingRequest {}

    /** Ends what {@link Attach} began, unless it was renewed since; answered by {@link Reply.Done}. */
    record Detach(String user, String loop, long token) implements MessagingRequest {}

    /**
     * A page of a client's history: {@link Reply.HistoryPage}.
     *
     * @param after exclusive; may lie inside an event's span
     * @param limit events, 1 to 500
     */
    record ReadHistory(String user, Position after, int limit) implements MessagingRequest {}

    /** The tails of some clients' histories, in the order asked: {@link Reply.Tails}. */
    record GetTails(List<String> users) implements MessagingRequest {}

    /**
     * What connections have written, for the ledgers of their clients (docs/operations.md): {@link Reply.Done}.
     *
     * @param progress of one connection each
     */
    record ReportProgress(List<Progress> progress) implements MessagingRequest {
        public ReportProgress {
            progress = List.copyOf(progress);
        }
    }

    /**
     * A stretch of a client's history that one connection has written without a gap.
     *
     * @param from the sequence before its first position
     * @param to the sequence of its last
     */
    record Progress(String user, long from, long to) {}

    /**
     * To the owner of a partition, from an instance that has accepted a change there: look for it; answered by
     * {@link Reply.Done} when it has reached all histories.
     */
    record Settle(int partition, long stamp) implements MessagingRequest {}

    /**
     * To all instances: what is deleted is not to be remembered. Not answered.
     *
     * @param position of the message; 0 for the whole conversation
     */
    record Forget(String conversationId, long position) implements MessagingRequest {}

    /**
     * Sends a message after a while (§14.1); answered by {@link Reply.MessageFound}, a message that has no position yet
     * and whose {@code sentAt} is when it will be sent.
     *
     * @param user who asks: the sender, or a backend as for {@link CreateMessageFor}
     * @param delaySeconds 1 to 300
     * @param typingSeconds for how long before that its sender is seen typing; 0 for not at all
     */
    record ScheduleMessage(String user, CreateMessage message, int delaySeconds, int typingSeconds)
            implements InConversation {
        @Override
        public String conversationId() {
            return message.conversationId();
        }

        /** What is to be done when its time has come. */
        public MessagingRequest due() {
            return UserId.isBackend(user) ? new CreateMessageFor(user, message) : message;
        }
    }

    /** To the owner of a partition: another instance has scheduled a message there; answered by {@link Reply.Done}. */
    record LookAtSchedule(int partition) implements MessagingRequest {}

    /** A request about webhooks (§14.2); only an app's backend is answered. */
    sealed interface AboutWebhooks extends MessagingRequest {
        String user();
    }

    /**
     * Answered by {@link Reply.WebhookFound}, not yet verified: that follows.
     *
     * @param webhookId fresh
     * @param appId the app's bare UUID
     * @param version 1.0, 2.0 or 3.0
     * @param events their names in that version
     * @param config what comes back with each delivery
     */
    record RegisterWebhook(
            String user,
            String webhookId,
            String appId,
            String version,
            String targetUrl,
            List<String> events,
            String secret,
            Map<String, Object> config)
            implements AboutWebhooks {
        public RegisterWebhook {
            events = List.copyOf(events);
            config = Map.copyOf(config);
        }
    }

    /** Answered by {@link Reply.WebhookFound}. */
    record GetWebhook(String user, String webhookId) implements AboutWebhooks {}

    /** Answered by {@link Reply.Webhooks}: all of the app, oldest first. */
    record ListWebhooks(String user) implements AboutWebhooks {}

    /**
     * Switches a webhook on, by asking its receiver to verify itself once more, or off; answered by
     * {@link Reply.WebhookFound}.
     */
    record SwitchWebhook(String user, String webhookId, boolean active) implements AboutWebhooks {}

    /** Answered by {@link Reply.Done}. */
    record DeleteWebhook(String user, String webhookId) implements AboutWebhooks {}

    /** To all instances: webhooks have changed. Not answered. */
    record RefreshWebhooks() implements MessagingRequest {}

    /** What a hash was given for (protocol/atmosphere.md §6.1). */
    enum HashKind {
        LOGIN,
        API_KEY
    }

    /** A request about logins by name and password, and the hashes and API keys that users come with. */
    sealed interface AboutLogins extends MessagingRequest {}

    /**
     * Gives a user a login instead of any other; {@link Reply.Done}, or {@code CONFLICT} when it is another user's. A new
     * password ends all that came of the old one.
     *
     * @param app its tag
     * @param password null to leave it
     * @param active whether one may log in with it
     */
    record SetLogin(
            String app, String user, String login, @Nullable String password, boolean active) implements AboutLogins {}

    /** Takes away a user's login, hashes and API keys; {@link Reply.Done}. */
    record DeleteLogin(String user) implements AboutLogins {}

    /**
     * Answered by {@link Reply.LoggedIn}, or a failure: {@code ACCESS_DENIED} for a wrong login or password,
     * {@code INVALID_OPERATION} when it is not active, {@code CONFLICT} when the user is logged in too often,
     * {@code RATE_LIMIT_EXCEEDED} after too many attempts, {@code USER_SUSPENDED}.
     *
     * @param app its tag
     */
    record LogIn(String app, String login, String password) implements AboutLogins {}

    /** Whose hashes these are: {@link Reply.HashesFound}. */
    record CheckHashes(List<String> digests) implements AboutLogins {
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
    record RenewHash(String digest) implements AboutLogins {}

    /** Ends a login's hash, on every node; {@link Reply.Done}. */
    record EndHash(String user, String digest) implements AboutLogins {}

    /** Answered by {@link Reply.ApiKeyMade}, or {@code CONFLICT} when the user has too many. */
    record CreateApiKey(String user, String label) implements AboutLogins {}

    /** Answered by {@link Reply.ApiKeys}. */
    record ListApiKeys(String user) implements AboutLogins {}

    /** Ends an API key, on every node; {@link Reply.Done}. */
    record DeleteApiKey(String user, String id) implements AboutLogins {}
}
