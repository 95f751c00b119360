package io.continuo.gateway.dialect;

import io.continuo.common.event.Event;
import io.continuo.common.model.Channel;
import io.continuo.common.model.ChannelView;
import io.continuo.common.model.LayerId;
import io.continuo.common.model.Membership;
import io.continuo.common.model.Person;
import java.util.Map;

/** Writes channels and memberships, as objects and as changes (protocol/layer.md §8.2, §10.7). 1.0 knows neither. */
final class ChannelWriter {
    private final Links links;
    private final ObjectWriter objects;

    ChannelWriter(Links links, ObjectWriter objects) {
        this.links = links;
        this.objects = objects;
    }

    void channel(JsonText json, ChannelView view) {
        Channel channel = view.channel();
        json.open();
        ObjectWriter.reference(json, LayerId.container(channel.id()), links.container(channel.id()));
        json.field("messages_url", links.container(channel.id()) + "/messages")
                .field("name", channel.name())
                .time("created_at", channel.createdAt());
        Map<String, Object> metadata = channel.metadata();
        json.key("metadata").tree(metadata == null ? Map.of() : metadata);
        Membership own = view.membership();
        if (own != null) {
            head(json.key("membership"), own, channel.name());
            tail(json, own);
        }
        json.close();
    }

    /** @param channelName empty when it is not at hand */
    void membership(JsonText json, Membership membership, String channelName) {
        head(json, membership, channelName);
        objects.basicIdentity(json.key("identity"), membership.person());
        tail(json, membership);
    }

    String created(Event.ChannelCreated created, String user) {
        Channel channel = created.channel();
        JsonText json = new JsonText().open().field("operation", "create");
        PacketWriter.objectReference(json, "Channel", LayerId.container(channel.id()), links.container(channel.id()));
        Membership own = new Membership(channel.id(), Person.of(user), channel.role(user), created.joinedAt());
        channel(json.key("data"), new ChannelView(channel, own));
        return json.close().toString();
    }

    String memberCreated(Membership membership) {
        JsonText json = new JsonText().open().field("operation", "create");
        reference(json, membership.channelId(), membership.person().userId());
        membership(json.key("data"), membership, "");
        return json.close().toString();
    }

    String memberDeleted(Event.MembershipDeleted deleted) {
        JsonText json = new JsonText().open().field("operation", "delete");
        reference(json, deleted.channelId(), deleted.user());
        return json.key("data").open().close().close().toString();
    }

    private void reference(JsonText json, String channel, String user) {
        PacketWriter.objectReference(
                json, "Membership", LayerId.membership(channel, user), links.membership(channel, user));
    }

    private void head(JsonText json, Membership membership, String channelName) {
        String channel = membership.channelId();
        String user = membership.person().userId();
        json.open();
        ObjectWriter.reference(json, LayerId.membership(channel, user), links.membership(channel, user));
        json.key("channel").open();
        ObjectWriter.reference(json, LayerId.container(channel), links.container(channel));
        if (!channelName.isEmpty()) {
            json.field("name", channelName);
        }
        json.close();
    }

    /** Without an identity it is the reader's own. */
    private static void tail(JsonText json, Membership membership) {
        json.field("role", membership.role().wire())
                .time("joined_at", membership.joinedAt())
                .close();
    }
}
