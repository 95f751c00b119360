package io.continuo.common.bus;

import io.continuo.common.event.Delivery;
import io.continuo.common.event.Position;
import io.continuo.common.event.Signal;
import io.continuo.common.event.Verdict;
import io.continuo.common.model.Announcement;
import io.continuo.common.model.Channel;
import io.continuo.common.model.ChannelView;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.Identity;
import io.continuo.common.model.Membership;
import io.continuo.common.model.Message;
import io.continuo.common.model.Subject;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.Webhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a request: what was asked for, or a {@link Failure}. */
public sealed interface Reply extends BusMessage {

    /** It is done, and there is nothing to add. */
    record Done() implements Reply {
        public static final Done INSTANCE = new Done();
    }

    /**
     * The client's own doing, or an outage: an error of the table (protocol/layer.md §12).
     *
     * @param property the property at fault, for codes 104 and 105
     * @param existing the object that is in the way, for codes 108 and 111
     */
    record Failure(
            ErrorCode code,
            String message,
            @Nullable String property,
            @Nullable Reply existing) implements Reply {

        public static Failure of(ErrorCode code, String message) {
            return new Failure(code, message, null, null);
        }

        public static Failure ofProperty(ErrorCode code, String property, String message) {
            return new Failure(code, message, property, null);
        }
    }

    /**
     * @param created false when the conversation was there before
     * @param position the client's tail from before the conversation was read
     */
    record ConversationFound(ConversationView view, boolean created, Position position) implements Reply {}

    /** @param total conversations in the whole list */
    record ConversationPage(List<ConversationView> views, int total, Position position) implements Reply {}

    /**
     * @param created false when the channel was there before
     * @param position as in {@link ConversationFound}
     */
    record ChannelFound(ChannelView view, boolean created, Position position) implements Reply {}

    /** @param total channels in the whole list */
    record ChannelPage(List<ChannelView> views, int total, Position position) implements Reply {}

    record MemberFound(Membership membership, Channel channel, Position position) implements Reply {}

    /** @param total members of the channel */
    record MemberPage(Channel channel, List<Membership> members, int total, Position position) implements Reply {}

    record MessageFound(Message message, Position position) implements Reply {}

    /** @param total messages in the whole list */
    record MessagePage(List<Message> messages, int total, Position position) implements Reply {}

    /**
     * @param index of the part in the message
     * @param created whether the request has added it
     */
    record PartFound(Message message, int index, boolean created, Position position) implements Reply {}

    /** Content that is uploaded; {@code size} in bytes. */
    record ContentFound(String type, long size) implements Reply {}

    /** The message whose parts were asked for. */
    record PartsFound(Message message, Position position) implements Reply {}

    record IdentityFound(Identity identity, Position position) implements Reply {}

    /**
     * @param timeMs Redis time, milliseconds since the epoch: when the session has begun
     * @param ttlSeconds for how long it is to live
     */
    record SessionOpened(long timeMs, int ttlSeconds) implements Reply {}

    /** @param places in the list that was asked about */
    record EndedSessions(List<Integer> places) implements Reply {}

    /** @param total identities in the whole list */
    record IdentityPage(List<Identity> identities, int total, Position position) implements Reply {}

    /** @param total users in the whole list */
    record UserPage(List<String> users, int total, Position position) implements Reply {}

    record AnnouncementFound(Announcement announcement, Position position) implements Reply {}

    /** @param total announcements in the whole list */
    record AnnouncementPage(List<Announcement> announcements, int total, Position position) implements Reply {}

    /** @param suspended whether the user may log in no more */
    record UserFound(String user, boolean suspended) implements Reply {}

    /**
     * @param external what the app itself counts
     * @param conversations with unread messages
     * @param messages unread
     */
    record BadgeFound(int external, int conversations, int messages) implements Reply {}

    /** @param users all participants */
    record Audience(List<String> users) implements Reply {}

    /**
     * @param start where the connection's cursor starts
     * @param tail of the history at the moment of attachment
     * @param timeMs Redis time at that moment
     * @param verdict null unless the client resumed
     */
    record Attached(
            Position start,
            Position tail,
            long timeMs,
            @Nullable Verdict verdict) implements Reply {}

    /**
     * @param deliveries oldest first; an event whose object is gone is left out
     * @param next where to go on reading: the position of the last entry looked at, or the one asked for if there was none
     * @param tail of the history when it was read
     * @param from where the first entry looked at begins, the position before it; later than the one asked for when
     *     entries between are no longer held
     */
    record HistoryPage(List<Delivery> deliveries, Position next, Position tail, Position from) implements Reply {

        /** A page from which nothing at its beginning was left out. */
        public HistoryPage(List<Delivery> deliveries, Position next, Position tail) {
            this(
                    deliveries,
                    next,
                    tail,
                    deliveries.isEmpty()
                            ? next
                            : deliveries
                                    .getFirst()
                                    .position()
                                    .back(deliveries.getFirst().span()));
        }
    }

    /** @param timeMs Redis time when they were read */
    record Tails(List<Position> tails, long timeMs) implements Reply {}

    /**
     * @param since names the time that the services have known the node for without a break
     * @param missed what the loop may not have heard of; null when it has heard of everything
     */
    record Registered(long since, PresenceRequest.@Nullable Missed missed) implements Reply {}

    record PresenceStates(List<Signal.Presence> states) implements Reply {}

    /** Without its secret. */
    record WebhookFound(Webhook webhook) implements Reply {}

    /** @param webhooks oldest first, without their secrets */
    record Webhooks(List<Webhook> webhooks) implements Reply {}

    /** An answer about visits. */
    sealed interface AboutVisits extends Reply {}

    /**
     * @param number of the claim; a later one has a higher number
     * @param home the loop that had claimed it before; empty when the visit is new or was forgotten
     * @param state as it was last kept; empty for none, as is {@code cursor}
     */
    record VisitClaimed(long number, String home, String state, String cursor) implements AboutVisits {}

    /** @param home the loop that has claimed the visit */
    record VisitFound(String home) implements AboutVisits {}

    /**
     * @param state of the visit as it was left
     * @param cursor up to where the client has everything; empty for unknown
     * @param given up to where the client has everything or will by what is pending; empty for unknown
     * @param pending texts that were not sent yet, oldest first
     */
    record VisitTaken(String state, String cursor, String given, List<String> pending) implements AboutVisits {
        public VisitTaken {
            pending = List.copyOf(pending);
        }
    }

    /** An answer about subjects. */
    sealed interface AboutSubjects extends Reply {}

    /** @param created whether it was made by the request */
    record SubjectFound(Subject subject, boolean created) implements AboutSubjects {}

    /** @param total subjects in the whole list */
    record SubjectPage(List<Subject> subjects, int total) implements AboutSubjects {}

    /** @param rejections what was not written; everything else is stored */
    record SubjectsWritten(List<Rejection> rejections) implements AboutSubjects {}

    /** @param place in the list that was to be written */
    record Rejection(int place, Failure failure) {}

    /**
     * @param time of Redis before they were read, microseconds since the epoch: what changes afterwards has a version not
     *     below it
     * @param subjects those whose version is not the known one, {@link Subject#none} among them, in the order asked
     */
    record SubjectsWatched(long time, List<Subject> subjects) implements AboutSubjects {}

    /**
     * @param time as in {@link SubjectsWatched}
     * @param subjects what the user may see
     * @param left what has left the user's sight since the time that was asked about
     */
    record SubjectsGranted(long time, List<SubjectId> subjects, List<Departure> left) implements AboutSubjects {}

    /** A subject that a user may see no more. */
    record Departure(SubjectId subject, long sourceId, long version) {}

    /** An answer about logins. */
    sealed interface AboutLogins extends Reply {}

    /** @param hash a secret of the one who has logged in */
    record LoggedIn(String user, String hash) implements AboutLogins {}

    /** @param facts in the order asked, {@link HashFacts#NONE} for what is worth nothing */
    record HashesFound(List<HashFacts> facts) implements AboutLogins {}

    /**
     * @param beganMs when it began, milliseconds since the epoch
     * @param suspended whether the user is
     */
    record HashFacts(String user, LoginRequest.HashKind kind, long beganMs, boolean suspended) {
        public static final HashFacts NONE = new HashFacts("", LoginRequest.HashKind.LOGIN, 0, false);

        public HashFacts(String user, LoginRequest.HashKind kind, long beganMs) {
            this(user, kind, beganMs, false);
        }

        /** The same of a user who is suspended. */
        public HashFacts whenSuspended() {
            return new HashFacts(user, kind, beganMs, true);
        }
    }

    /** @param key the secret itself, told this once */
    record ApiKeyMade(ApiKey apiKey, String key) implements AboutLogins {}

    /** @param keys oldest first */
    record ApiKeys(List<ApiKey> keys) implements AboutLogins {}

    /** @param createdAtMs milliseconds since the epoch */
    record ApiKey(String id, String label, long createdAtMs) {}
}
