package io.continuo.messaging.conversation;

import static io.continuo.common.bus.ErrorCode.ACCESS_DENIED;

import io.continuo.common.bus.Reply;
import io.continuo.common.model.Channel;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.MemberRole;
import io.continuo.common.model.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Who may do what to a channel: everybody in the app may join, members may change the metadata and add others, and its
 * owner may do the rest. An answer is the refusal, or empty when it is allowed.
 */
final class ChannelRules {
    private static final Reply OWNER_ONLY =
            Reply.Failure.of(ACCESS_DENIED, "Only the owner of the channel may do this.");

    private final Channels channels;
    private final ChannelStore store;

    ChannelRules(Channels channels, ChannelStore store) {
        this.channels = channels;
        this.store = store;
    }

    /** Of all changes, or of none. */
    Future<Optional<Reply>> refusal(String user, String id, List<ConversationChange> changes) {
        return standing(user, id)
                .map(found -> found.isEmpty()
                        ? Optional.of(Channels.UNKNOWN)
                        : changes.stream()
                                .flatMap(change -> refusal(user, found.get(), change).stream())
                                .findFirst());
    }

    /** Of deleting the whole channel, or a message that is not the user's own. */
    Future<Optional<Reply>> refusalOfDeletion(String user, String id) {
        return standing(user, id)
                .map(found -> found.isEmpty()
                        ? Optional.of(Channels.UNKNOWN)
                        : found.get() == Standing.OWNER ? Optional.empty() : Optional.of(OWNER_ONLY));
    }

    private enum Standing {
        STRANGER,
        MEMBER,
        OWNER
    }

    private Future<Optional<Standing>> standing(String user, String id) {
        return channels.find(user, id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : store.joined(user, id)
                                .map(joined -> Optional.of(standing(user, found.get(), joined.isPresent()))));
    }

    private static Standing standing(String user, Channel channel, boolean isMember) {
        if (UserId.isBackend(user) || channel.role(user) == MemberRole.OWNER) {
            return Standing.OWNER;
        }
        return isMember ? Standing.MEMBER : Standing.STRANGER;
    }

    private static Optional<Reply> refusal(String user, Standing standing, ConversationChange change) {
        return switch (change) {
            case ConversationChange.AddParticipant add ->
                add.person().userId().equals(user) ? Optional.empty() : membersOnly(standing);
            case ConversationChange.RemoveParticipant remove ->
                remove.user().equals(user) ? Optional.empty() : ownerOnly(standing);
            case ConversationChange.SetMetadata set -> membersOnly(standing);
            case ConversationChange.DeleteMetadata delete -> membersOnly(standing);
            case ConversationChange.SetName name -> ownerOnly(standing);
            case ConversationChange.SetParticipants replace -> ownerOnly(standing);
        };
    }

    private static Optional<Reply> membersOnly(Standing standing) {
        return standing == Standing.STRANGER ? Optional.of(Channels.NO_MEMBER) : Optional.empty();
    }

    private static Optional<Reply> ownerOnly(Standing standing) {
        return standing == Standing.OWNER ? Optional.empty() : Optional.of(OWNER_ONLY);
    }
}
