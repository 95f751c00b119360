package io.continuo.gateway.dialect;

import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.event.Signal;
import io.continuo.common.model.ConversationView;
import io.continuo.common.model.Identity;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Writes what we know in one dialect, with links from one base. Immutable: keep it, {@link Renderers} does. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class Renderer {

    public Renderer(Dialect dialect, Links links, boolean layer1Patch) {}

    /** The {@code body}s of an event's change packets, as JSON text, as many as its span, oldest first (§8). */
    public List<String> packetBodies(Event event, int unread, String user) {
        throw new UnsupportedOperationException();
    }

    /** Equal keys of one event mean equal {@link #packetBodies}. */
    public int viewKey(Event event, int unread, String user) {
        throw new UnsupportedOperationException();
    }

    /** Whether this dialect knows such a signal. */
    public boolean canShow(Signal signal) {
        throw new UnsupportedOperationException();
    }

    /** The {@code body} of a signal packet, or of a change packet for presence, as JSON text (§9). */
    public String signalBody(Signal signal) {
        throw new UnsupportedOperationException();
    }

    public JsonObject conversation(ConversationView view, String user) {
        throw new UnsupportedOperationException();
    }

    public JsonObject message(Message message, String user) {
        throw new UnsupportedOperationException();
    }

    public JsonObject identity(Identity identity) {
        throw new UnsupportedOperationException();
    }

    public JsonObject basicIdentity(Person person) {
        throw new UnsupportedOperationException();
    }

    /** One of the {@code changes} of a {@code Presence.sync} response (§7.6). */
    public JsonObject presenceChange(Signal.Presence presence) {
        throw new UnsupportedOperationException();
    }

    /** The error object (§12.1). */
    public JsonObject error(Reply.Failure failure, String user) {
        throw new UnsupportedOperationException();
    }

    /** The {@code data} of a response (§7.1): of a failed one when {@code reply} is a failure. */
    public JsonObject reply(Reply reply, String user) {
        throw new UnsupportedOperationException();
    }

    /** The same as {@link #reply}, as JSON text; cheaper. */
    public String replyText(Reply reply, String user) {
        throw new UnsupportedOperationException();
    }
}
