package io.continuo.gateway.api;

import io.continuo.common.bus.ConversationRequest;
import io.continuo.common.bus.MessageRequest;
import io.continuo.common.bus.MessagingRequest;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.ConversationChange;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Person;
import io.continuo.common.model.UserId;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Channels, their members and what is said in them (protocol/layer.md §13.9). */
final class ChannelOperations {
    /** A page of members is larger than others (§13.1). */
    private static final int LARGEST_MEMBER_PAGE = 500;

    private static final String TYPE = "channels";
    private static final String ALL = "/channels";
    private static final String ONE = "/channels/:id";
    private static final String OBJECT = "channels/:id";
    private static final String MESSAGES = "/channels/:id/messages";
    private static final String MEMBERS = "/channels/:id/members";
    private static final String MEMBER = "/channels/:id/members/:user";
    private static final String MEMBERSHIP = "channels/:id/members/:user";

    private ChannelOperations() {}

    static List<Operation> rows() {
        return List.of(
                Operation.read("Channel.list", ALL, "", ChannelOperations::list),
                Operation.create("Channel.create", ALL, "", ChannelOperations::create),
                Operation.read("Channel.get", ONE, OBJECT, ChannelOperations::get),
                Operation.change("Channel.update", HttpMethod.PATCH, ONE, OBJECT, ChannelOperations::update),
                Operation.change("Channel.delete", HttpMethod.DELETE, ONE, OBJECT, ChannelOperations::delete),
                Operation.read("ChannelMessage.list", MESSAGES, OBJECT, ChannelOperations::messages),
                Operation.create("ChannelMessage.create", MESSAGES, OBJECT, ChannelOperations::say),
                Operation.read("Membership.list", MEMBERS, OBJECT, ChannelOperations::members),
                Operation.read("Membership.get", MEMBER, MEMBERSHIP, ChannelOperations::member),
                Operation.change("Membership.create", HttpMethod.PUT, MEMBER, MEMBERSHIP, ChannelOperations::add),
                Operation.change(
                        "Membership.delete", HttpMethod.DELETE, MEMBER, MEMBERSHIP, ChannelOperations::remove));
    }

    private static MessagingRequest list(Input input) {
        String after = input.after(TYPE);
        return new ConversationRequest.ListChannels(
                input.user(),
                input.parameter("name").orElse(null),
                input.pageSize(),
                after == null ? null : ContainerId.channel(after));
    }

    private static MessagingRequest create(Input input) {
        return input.reader().channelCreate(input.user(), input.object());
    }

    private static MessagingRequest get(Input input) {
        return new ConversationRequest.GetChannel(input.user(), channel(input));
    }

    private static MessagingRequest update(Input input) {
        return input.reader().channelChange(input.user(), channel(input), input.patch());
    }

    /** For everyone, which is what clients mean that name no mode; for one's own devices it is left. */
    private static MessagingRequest delete(Input input) {
        return input.parameter("mode").isPresent() && !input.isForEveryone()
                ? new ConversationRequest.LeaveConversation(input.user(), channel(input))
                : new ConversationRequest.DeleteConversation(input.user(), channel(input));
    }

    private static MessagingRequest messages(Input input) {
        return new MessageRequest.ListMessages(input.user(), channel(input), input.pageSize(), input.after("messages"));
    }

    private static MessagingRequest say(Input input) {
        return input.reader().messageCreate(input.user(), channel(input), input.object());
    }

    private static MessagingRequest members(Input input) {
        return new ConversationRequest.ListMembers(
                input.user(), channel(input), input.pageSize(LARGEST_MEMBER_PAGE), lastMember(input));
    }

    private static MessagingRequest member(Input input) {
        return new ConversationRequest.GetMember(input.user(), channel(input), input.userNamed("user"));
    }

    private static MessagingRequest add(Input input) {
        return change(input, new ConversationChange.AddParticipant(Person.of(input.userNamed("user"))));
    }

    private static MessagingRequest remove(Input input) {
        return change(input, new ConversationChange.RemoveParticipant(input.userNamed("user")));
    }

    private static MessagingRequest change(Input input, ConversationChange change) {
        return new ConversationRequest.ChangeConversation(input.user(), channel(input), List.of(change));
    }

    private static String channel(Input input) {
        return ContainerId.channel(input.id(TYPE));
    }

    /** Named by the membership's id, or by the user's. */
    private static @Nullable String lastMember(Input input) {
        return input.parameter("from_id")
                .map(LayerId::memberUserId)
                .map(user -> UserId.of(UserId.app(input.user()), user))
                .orElse(null);
    }
}
