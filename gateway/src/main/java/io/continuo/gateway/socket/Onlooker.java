package io.continuo.gateway.socket;

import io.continuo.common.bus.Reply;
import io.continuo.common.event.Signal;
import io.continuo.gateway.auth.Session;
import io.continuo.gateway.socket.feed.Feed;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.presence.Appearance;
import io.continuo.gateway.socket.presence.Sightings;
import io.continuo.gateway.socket.presence.SignalRendering;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows a client that speaks another protocol than Layer's how those are whom its user follows. Belongs to one event loop.
 */
public final class Onlooker implements Attachment {
    private final Loop loop;
    private final long number;
    private final Session session;
    private final Appearance appearance;
    private final Sightings sightings;
    private final Reattachment reattachment;
    private boolean closed;

    Onlooker(Loop loop, long number, Session session, Sightings.Sink sink) {
        this.loop = loop;
        this.number = number;
        this.session = session;
        sightings = new Sightings(loop.vertx(), loop.services(), session.user(), sink);
        appearance = loop.attendance().of(session.user(), loop.connectionId(number), sightings::missed);
        reattachment = new Reattachment(loop, this, Optional::empty, tail -> {}, (attached, verdict) -> {});
    }

    /** From now on changes are shown; {@link Reply.Done} when none is missed any more, or a failure. */
    public Future<Reply> watch() {
        // The presence service finds those who watch by where their histories are delivered.
        return loop.attach(this, Optional.empty())
                .compose(reply -> reply instanceof Reply.Attached && !closed
                        ? appearance.watch()
                        : Future.succeededFuture(reply));
    }

    /** What to show of what the presence service says: that, or what was shown and is newer. */
    public List<Signal.Presence> newest(List<Signal.Presence> states) {
        return sightings.newest(states);
    }

    /** Ends it. */
    public void close() {
        if (!closed) {
            closed = true;
            sightings.stop();
            appearance.end();
            loop.remove(this);
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public @Nullable Feed feed() {
        return null;
    }

    @Override
    public void doubt() {
        reattachment.begin();
    }

    @Override
    public void signal(SignalRendering signal) {
        if (signal.signal() instanceof Signal.Presence && appearance.isWatching()) {
            sightings.take(signal);
        }
    }

    @Override
    public void close(CloseCode code) {
        close();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
