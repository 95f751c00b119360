package io.continuo.gateway.dialect;

import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.event.Signal;
import io.continuo.common.model.ContainerId;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.Identity;
import io.continuo.common.model.Message;
import io.continuo.common.model.Notification;
import io.continuo.common.model.Person;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/** Writes what we know in one dialect, with links from one base. Immutable: keep it, {@link Renderers} does. */
public final class Renderer {
    /** The end of the year 9999: the last time that everybody can read. */
    private static final long FAR_FUTURE_MS = 253_402_300_799_000L;

    private final Dialect dialect;
    private final ObjectWriter objects;
    private final PacketWriter packets;
    private final ReplyWriter replies;

    /** A renderer whose links to rich content lead to the content's own page, which asks for a session. */
    public Renderer(Dialect dialect, Links links, boolean layer1Patch) {
        this(dialect, links, layer1Patch, (from, id) -> new Downloads.Download(from.content(id), FAR_FUTURE_MS));
    }

    /**
     * @param layer1Patch whether layer-1.0 calls a modification {@code patch} (protocol/layer.md §1)
     * @param downloads makes the links to rich content
     */
    public Renderer(Dialect dialect, Links links, boolean layer1Patch, Downloads downloads) {
        this.dialect = dialect;
        this.objects = new ObjectWriter(dialect, links, downloads);
        this.packets = new PacketWriter(dialect, links, layer1Patch, objects);
        this.replies = new ReplyWriter(links, objects, packets);
    }

    /**
     * What an event shows as at one of the places that it takes in a history (§8): mostly one packet. None where the
     * dialect has no word for it, several where it needs more than one.
     *
     * @param place from 0 to the event's span, oldest first
     * @param unread the user's new unread count, or {@link io.continuo.common.event.Delivery#UNCHANGED}
     */
    public List<Packet> packets(Event event, int place, int unread, String user) {
        return packets.packets(event, place, unread, user);
    }

    /** Equal keys of one event and place mean equal {@link #packets}, as far as this renderer writes them. */
    public int viewKey(Event event, int place, int unread, String user) {
        if (place > 0) {
            return unread;
        }
        return switch (event) {
            case Event.ConversationCreated created ->
                created.lastMessage() != null && created.lastMessage().unreadBy(user) ? 1 : 0;
            case Event.ConversationChanged ignored -> 0;
            case Event.ConversationDeleted ignored -> 0;
            case Event.MessageDeleted ignored -> 0;
            case Event.MessageCreated created -> viewKey(created.message(), user);
            case Event.PartChanged ignored -> 0;
            case Event.ReceiptChanged ignored -> 0;
            case Event.ChannelCreated ignored -> 0;
            case Event.MembershipCreated ignored -> 0;
            case Event.MembershipDeleted ignored -> 0;
            case Event.AllRead ignored -> 0;
            case Event.ConversationReturned ignored -> 0;
            case Event.IdentityChanged ignored -> 0;
            case Event.IdentityDeleted ignored -> 0;
            case Event.Followed ignored -> 0;
            case Event.Unfollowed ignored -> 0;
            case Event.AnnouncementCreated ignored -> 0;
            case Event.AnnouncementMarked ignored -> 0;
            case Event.AnnouncementDeleted ignored -> 0;
            case Event.ChangesLost ignored -> 0;
            case Event.CanarySang ignored -> 0;
        };
    }

    /** Who is notified in another wording reads another packet. */
    private int viewKey(Message message, String user) {
        int unread = message.unreadBy(user) ? 1 : 0;
        Notification notification = message.notification();
        if (dialect != Dialect.LAYER_3_0
                || notification == null
                || message.sender().userId().equals(user)) {
            return unread;
        }
        return unread + 2 * (1 + notification.wordingOf(user));
    }

    /** Whether an event looks different to each user, so that {@link #viewKey} says nothing. */
    public boolean isPersonal(Event event) {
        return event instanceof Event.ChannelCreated || event instanceof Event.AnnouncementCreated;
    }

    /** Whether this dialect knows such a signal: presence and channels came with 2.0. */
    public boolean canShow(Signal signal) {
        return switch (signal) {
            case Signal.Typing typing ->
                dialect != Dialect.LAYER_1_0 || !ContainerId.isChannel(typing.conversationId());
            case Signal.Presence ignored -> dialect != Dialect.LAYER_1_0;
        };
    }

    /** The {@code body} of a signal packet, or of a change packet for presence, as JSON text (§9). */
    public String signalBody(Signal signal) {
        return switch (signal) {
            case Signal.Typing typing -> packets.typing(typing);
            case Signal.Presence presence -> text(json -> packets.presence(json, presence));
        };
    }

    public JsonObject conversation(ConversationView view, String user) {
        return new JsonObject(text(json -> objects.conversation(json, view, user)));
    }

    public JsonObject message(Message message, String user) {
        return new JsonObject(text(json -> objects.message(json, message, user)));
    }

    public JsonObject identity(Identity identity) {
        return new JsonObject(text(json -> objects.identity(json, identity)));
    }

    public JsonObject basicIdentity(Person person) {
        return new JsonObject(text(json -> objects.basicIdentity(json, person)));
    }

    /** One of the {@code changes} of a {@code Presence.sync} response (§7.6). */
    public JsonObject presenceChange(Signal.Presence presence) {
        return new JsonObject(text(json -> packets.presence(json, presence)));
    }

    /** The error object (§12.1). */
    public JsonObject error(Reply.Failure failure, String user) {
        return new JsonObject(text(json -> replies.error(json, failure, user)));
    }

    /** The {@code data} of a response (§7.1): of a failed one when {@code reply} is a failure. */
    public JsonObject reply(Reply reply, String user) {
        return new JsonObject(replyText(reply, user));
    }

    /** The same as {@link #reply}, as JSON text; cheaper. */
    public String replyText(Reply reply, String user) {
        return text(json -> replies.data(json, reply, user));
    }

    /** A page as a JSON list (§13.1). */
    public String listText(Reply.ConversationPage page, String user) {
        return text(json -> replies.list(json, page, user));
    }

    /** A page as a JSON list (§13.1). */
    public String listText(Reply.MessagePage page, String user) {
        return text(json -> replies.list(json, page, user));
    }

    /** A page as a JSON list (§13.9). */
    public String listText(Reply.ChannelPage page) {
        return text(json -> replies.list(json, page));
    }

    /** A page as a JSON list (§13.9). */
    public String listText(Reply.MemberPage page) {
        return text(json -> replies.list(json, page));
    }

    /** A page as a JSON list (§13.8). */
    public String listText(Reply.IdentityPage page) {
        return text(json -> replies.list(json, page));
    }

    /** A page of users as a JSON list of ids (§13.8). */
    public String listText(Reply.UserPage page) {
        return text(json -> replies.list(json, page));
    }

    /** A page as a JSON list (§13.7). */
    public String listText(Reply.AnnouncementPage page, String user) {
        return text(json -> replies.list(json, page, user));
    }

    /** The parts of a message as a JSON list. */
    public String listText(Reply.PartsFound found) {
        return text(json -> replies.list(json, found));
    }

    private static String text(Consumer<JsonText> writing) {
        JsonText json = new JsonText();
        writing.accept(json);
        return json.toString();
    }
}
