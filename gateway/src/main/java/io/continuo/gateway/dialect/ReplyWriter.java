package io.continuo.gateway.dialect;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Reply;
import io.continuo.common.model.Message;

/** Writes the answers to requests, and errors (protocol/layer.md §7.1, §12). */
final class ReplyWriter {
    private final Links links;
    private final ObjectWriter objects;
    private final PacketWriter packets;
    private final WebhookWriter webhooks;
    private final ChannelWriter channels;

    ReplyWriter(Links links, ObjectWriter objects, PacketWriter packets) {
        this.links = links;
        this.objects = objects;
        this.packets = packets;
        this.webhooks = new WebhookWriter(links);
        this.channels = objects.channels();
    }

    /** Lists are in {@code results}, beside their {@code count}: {@code data} has to be an object. What has no face outside is {}. */
    void data(JsonText json, Reply reply, String user) {
        switch (reply) {
            case Reply.ConversationFound found -> objects.conversation(json, found.view(), user);
            case Reply.ChannelFound found -> channels.channel(json, found.view());
            case Reply.MemberFound found ->
                channels.membership(json, found.membership(), found.channel().name());
            case Reply.ChannelPage page -> {
                list(json.open().key("results"), page);
                json.field("count", page.total()).close();
            }
            case Reply.MemberPage page -> {
                list(json.open().key("results"), page);
                json.field("count", page.total()).close();
            }
            case Reply.MessageFound found -> objects.message(json, found.message(), user);
            case Reply.PartFound found -> objects.part(json, found.message(), found.index());
            case Reply.PartsFound found -> {
                objects.parts(json.open().key("results"), found.message());
                json.close();
            }
            case Reply.IdentityFound found -> objects.identity(json, found.identity());
            case Reply.ConversationPage page -> results(json, page, user);
            case Reply.MessagePage page -> results(json, page, user);
            case Reply.IdentityPage page -> {
                list(json.open().key("results"), page);
                json.field("count", page.total()).close();
            }
            case Reply.UserPage page -> {
                list(json.open().key("results"), page);
                json.field("count", page.total()).close();
            }
            case Reply.AnnouncementFound found -> objects.announcement(json, found.announcement(), user);
            case Reply.AnnouncementPage page -> {
                list(json.open().key("results"), page, user);
                json.field("count", page.total()).close();
            }
            case Reply.UserFound found -> objects.user(json, found);
            case Reply.BadgeFound badge ->
                json.open()
                        .field("external_unread_count", badge.external())
                        .field("unread_conversation_count", badge.conversations())
                        .field("unread_message_count", badge.messages())
                        .close();
            case Reply.PresenceStates states -> {
                json.open().key("changes").openArray();
                states.states().forEach(presence -> packets.presence(json, presence));
                json.closeArray().close();
            }
            case Reply.Failure failure -> error(json, failure, user);
            case Reply.ContentFound ignored -> json.open().close();
            case Reply.Done ignored -> json.open().close();
            case Reply.Audience ignored -> json.open().close();
            case Reply.Attached ignored -> json.open().close();
            case Reply.HistoryPage ignored -> json.open().close();
            case Reply.Tails ignored -> json.open().close();
            case Reply.SessionOpened ignored -> json.open().close();
            case Reply.EndedSessions ignored -> json.open().close();
            case Reply.Registered ignored -> json.open().close();
            case Reply.AboutSubjects ignored -> json.open().close();
            case Reply.LoggedIn ignored -> json.open().close();
            case Reply.HashesFound ignored -> json.open().close();
            case Reply.ApiKeyMade made ->
                apiKey(json.open(), made.apiKey()).field("key", made.key()).close();
            case Reply.ApiKeys found -> {
                json.openArray();
                found.keys().forEach(key -> apiKey(json.open(), key).close());
                json.closeArray();
            }
            case Reply.AboutVisits ignored -> json.open().close();
            case Reply.WebhookFound found -> webhooks.write(json, found.webhook());
            case Reply.Webhooks found -> {
                json.openArray();
                found.webhooks().forEach(webhook -> webhooks.write(json, webhook));
                json.closeArray();
            }
        }
    }

    private static JsonText apiKey(JsonText open, Reply.ApiKey key) {
        return open.field("id", key.id()).field("label", key.label()).time("created_at", key.createdAtMs());
    }

    /** The page as a list, newest first (§13.1). */
    void list(JsonText json, Reply.ConversationPage page, String user) {
        json.openArray();
        page.views().forEach(view -> objects.conversation(json, view, user));
        json.closeArray();
    }

    /** The page as a list, newest first (§13.1). */
    void list(JsonText json, Reply.MessagePage page, String user) {
        json.openArray();
        for (Message message : page.messages()) {
            objects.message(json, message, user);
        }
        json.closeArray();
    }

    /** The page as a list, newest first (§13.9). */
    void list(JsonText json, Reply.ChannelPage page) {
        json.openArray();
        page.views().forEach(view -> channels.channel(json, view));
        json.closeArray();
    }

    /** The page as a list, newest first (§13.9). */
    void list(JsonText json, Reply.MemberPage page) {
        json.openArray();
        page.members()
                .forEach(member ->
                        channels.membership(json, member, page.channel().name()));
        json.closeArray();
    }

    /** The page as a list, newest first (§13.7). */
    void list(JsonText json, Reply.AnnouncementPage page, String user) {
        json.openArray();
        page.announcements().forEach(announcement -> objects.announcement(json, announcement, user));
        json.closeArray();
    }

    /** The page as a list, newest first (§13.8). */
    void list(JsonText json, Reply.IdentityPage page) {
        json.openArray();
        page.identities().forEach(identity -> objects.identity(json, identity));
        json.closeArray();
    }

    /** The page as a list of ids, newest first (§13.8). */
    void list(JsonText json, Reply.UserPage page) {
        json.openArray();
        page.users().forEach(user -> json.value(objects.recipientKey(user)));
        json.closeArray();
    }

    /** A message's parts as a list, in their order. */
    void list(JsonText json, Reply.PartsFound found) {
        objects.parts(json, found.message());
    }

    /** §12.1: {@code data} names the property or header at fault, or is the object in the way. */
    void error(JsonText json, Reply.Failure failure, String user) {
        json.open()
                .field("id", failure.code().id())
                .field("code", failure.code().code())
                .field("message", failure.message())
                .field("url", links.error(failure.code()));
        if (failure.existing() != null) {
            data(json.key("data"), failure.existing(), user);
        } else if (failure.property() != null) {
            String culprit = failure.code() == ErrorCode.INVALID_HEADER ? "header" : "property";
            json.key("data").open().field(culprit, failure.property()).close();
        }
        json.close();
    }

    private void results(JsonText json, Reply.ConversationPage page, String user) {
        list(json.open().key("results"), page, user);
        json.field("count", page.total()).close();
    }

    private void results(JsonText json, Reply.MessagePage page, String user) {
        list(json.open().key("results"), page, user);
        json.field("count", page.total()).close();
    }
}
