package io.continuo.gateway.socket;

import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.event.Verdict;
import io.continuo.common.trace.Trace;
import io.continuo.gateway.dialect.Packet;
import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.socket.feed.Due;
import io.continuo.gateway.socket.feed.Feed;
import io.continuo.gateway.socket.feed.Rendering;
import io.continuo.gateway.socket.frame.SocketWriter;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders the events of a connection's feed and writes them. */
final class Told implements Feed.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(Told.class);

    private final Connection connection;
    private final Loop loop;
    private final Renderer renderer;
    private final SocketWriter writer;
    private Runnable doubt = () -> {};

    Told(Connection connection, Loop loop, Renderer renderer, SocketWriter writer) {
        this.connection = connection;
        this.loop = loop;
        this.renderer = renderer;
        this.writer = writer;
    }

    void onDoubt(Runnable action) {
        doubt = action;
    }

    @Override
    public boolean isFull() {
        return writer.isFull();
    }

    @Override
    public void doubt() {
        doubt.run();
    }

    @Override
    public void write(Due due, int from) {
        try {
            if (due.event() instanceof Event.ChangesLost) {
                verdict(due.position());
                return;
            }
            int span = due.span();
            List<List<Packet>> places = new ArrayList<>(span - from);
            for (int place = from; place < span; place++) {
                places.add(due.rendering().packets(renderer, place, due.unread(), connection.user()));
            }
            writer.history(due.position(), places);
            told(due);
        } catch (RuntimeException fault) {
            connection.fault(fault);
        }
    }

    /** Something that the client has had is gone, though its history shows nothing of it. */
    private void verdict(Position position) {
        loop.metrics().verdict(Verdict.Kind.LOST);
        writer.operation(Reattachment.resumed(
                new Verdict(Verdict.Kind.LOST, connection.feed().reached(), position)));
    }

    private void told(Due due) {
        Rendering rendering = due.rendering();
        if (rendering.acceptedMs() > 0) {
            loop.delivered(rendering.acceptedMs());
        }
        if (LOG.isDebugEnabled()) {
            Trace.within(rendering.trace(), () -> {
                String event = due.event().getClass().getSimpleName();
                LOG.debug("{} is written to {} at {}", event, connection.id(), due.position());
                return event;
            });
        }
    }
}
