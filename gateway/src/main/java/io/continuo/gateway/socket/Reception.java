package io.continuo.gateway.socket;

import io.continuo.common.bus.Reply;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.event.Verdict;
import io.continuo.gateway.auth.Session;
import io.continuo.gateway.dialect.Packet;
import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.socket.feed.Due;
import io.continuo.gateway.socket.feed.Feed;
import io.continuo.gateway.socket.feed.HistoryReader;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.presence.SignalRendering;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A user's history, brought to a client that speaks another protocol than Layer's: every event exactly once and in order,
 * as the packets that a socket of the renderer's dialect gets. Belongs to one event loop.
 */
public final class Reception implements Attachment {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Loop loop;
    private final long number;
    private final Session session;
    private final Renderer renderer;
    private final Client client;
    private final Feed feed;
    private final Reattachment reattachment;
    private boolean started;
    private boolean closed;

    /** Where the history goes. */
    public interface Client {
        /** Whether nothing more is to be written until {@link Reception#drained}. */
        boolean isFull();

        /** @param json a packet without a counter (protocol/layer.md §5.1) */
        void write(String json);

        /** What was missed and follows now, and what is gone. */
        void resumed(Verdict verdict);

        /** Nothing more can be written, by a fault of ours. */
        void failed();
    }

    Reception(Loop loop, long number, Session session, Renderer renderer, Client client) {
        this.loop = loop;
        this.number = number;
        this.session = session;
        this.renderer = renderer;
        this.client = client;
        HistoryReader history = new HistoryReader(loop.vertx(), loop.services(), session.user(), this::isClosed);
        feed = new Feed(session.user(), history, new Events(), loop.metrics());
        reattachment =
                new Reattachment(loop, this, () -> Optional.of(feed.reached()), feed::trust, this::goOnElsewhere);
    }

    /**
     * Asks where the history stands; nothing is written before {@link #start}. May be asked again.
     *
     * @param since where the client was; empty for the tail
     * @return {@link Reply.Attached} or a failure
     */
    public Future<Reply> attach(Optional<Position> since) {
        return loop.attach(this, since);
    }

    /** Tells the verdict, then everything after the place from which it goes on. */
    public void start(Reply.Attached attached) {
        if (closed) {
            return;
        }
        Verdict verdict = attached.verdict();
        if (verdict != null) {
            told(verdict);
        }
        if (!started) {
            started = true;
            feed.start(attached.start(), attached.tail());
        } else if (verdict == null || verdict.kind() != Verdict.Kind.LOST) {
            feed.moveTo(attached.start(), () -> {});
        } else {
            feed.restart(attached.start(), attached.tail());
        }
    }

    public boolean isStarted() {
        return started;
    }

    /** Up to where everything was written. */
    public Position position() {
        return feed.position();
    }

    /** There is room again. */
    public void drained() {
        feed.drained();
    }

    /** Ends it. */
    public void close() {
        if (!closed) {
            closed = true;
            feed.stop();
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
    public Feed feed() {
        return feed;
    }

    @Override
    public void doubt() {
        feed.doubt();
    }

    @Override
    public void signal(SignalRendering signal) {
        // No history holds it.
    }

    @Override
    public void close(CloseCode code) {
        close();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    private void goOnElsewhere(Reply.Attached attached, Verdict verdict) {
        told(verdict);
        feed.restart(attached.start(), attached.tail());
    }

    /** Before what follows: who is cut off in the middle of that knows already that there was a gap. */
    private void told(Verdict verdict) {
        loop.metrics().verdict(verdict.kind());
        client.resumed(verdict);
    }

    private void write(Due due, int from) {
        if (due.event() instanceof Event.ChangesLost) {
            // Something that the client has had is gone, though its history shows nothing of it.
            told(new Verdict(Verdict.Kind.LOST, feed.reached(), due.position()));
            return;
        }
        int span = due.span();
        for (int place = from; place < span; place++) {
            List<Packet> packets = due.rendering().packets(renderer, place, due.unread(), user());
            Position position = due.position().back(span - 1L - place);
            for (int i = 0; i < packets.size(); i++) {
                client.write(text(packets.get(i), position, i + 1 == packets.size()));
            }
        }
        if (due.rendering().acceptedMs() > 0) {
            loop.delivered(due.rendering().acceptedMs());
        }
    }

    private String text(Packet packet, Position position, boolean isLast) {
        loop.metrics().change();
        return "{\"type\":\"" + packet.type() + "\",\"timestamp\":\""
                + loop.timestamps().of(position.ms()) + '"' + (isLast ? ",\"position\":\"" + position + '"' : "")
                + ",\"body\":" + packet.text() + '}';
    }

    private final class Events implements Feed.Sink {
        @Override
        public boolean isFull() {
            return client.isFull();
        }

        @Override
        public void write(Due due, int from) {
            try {
                Reception.this.write(due, from);
            } catch (RuntimeException fault) {
                LOG.error("A reception fails", fault);
                close();
                client.failed();
            }
        }

        @Override
        public void doubt() {
            reattachment.begin();
        }
    }
}
