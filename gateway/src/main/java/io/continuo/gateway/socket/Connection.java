package io.continuo.gateway.socket;

import io.continuo.common.bus.Reply;
import io.continuo.common.event.Position;
import io.continuo.common.event.Signal;
import io.continuo.common.event.Verdict;
import io.continuo.common.trace.Trace;
import io.continuo.gateway.auth.Renewals.Renewal;
import io.continuo.gateway.auth.Session;
import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.socket.feed.Feed;
import io.continuo.gateway.socket.feed.HistoryReader;
import io.continuo.gateway.socket.frame.Assembled;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.frame.Closing;
import io.continuo.gateway.socket.frame.FrameAssembler;
import io.continuo.gateway.socket.frame.SocketTuning;
import io.continuo.gateway.socket.frame.SocketWriter;
import io.continuo.gateway.socket.presence.Appearance;
import io.continuo.gateway.socket.presence.Sightings;
import io.continuo.gateway.socket.presence.SignalRendering;
import io.continuo.gateway.socket.request.Caller;
import io.continuo.gateway.socket.request.Dispatcher;
import io.continuo.gateway.socket.request.Inbox;
import io.continuo.gateway.socket.request.Incoming;
import io.continuo.gateway.socket.request.PacketReader;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's socket, from before its handshake is answered, so that nothing that is delivered meanwhile is missed, to
 * its end. Lives on one event loop, and so has no locks.
 */
final class Connection implements Attachment, Caller, Departing {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Loop loop;
    private final long number;
    private Session session;
    private final Renderer renderer;
    private final SocketWriter writer;
    private final Feed feed;
    private final Inbox<Incoming> inbox;
    private final Dispatcher dispatcher;
    private final FrameAssembler assembler;
    private final Pulse pulse = new Pulse();
    private final Expiry expiry;
    private @Nullable ServerWebSocket socket;
    private long activeAtNs = System.nanoTime();
    private boolean closed;
    private final Appearance appearance;
    private final Sightings sightings;

    Connection(Loop loop, long number, Session session, Dispatcher.Language language) {
        this.loop = loop;
        this.number = number;
        this.session = session;
        renderer = language.renderer();
        writer = new SocketWriter(loop.timestamps(), loop.metrics());
        HistoryReader history = new HistoryReader(loop.vertx(), loop.services(), session.user(), this::isClosed);
        Told told = new Told(this, loop, renderer, writer);
        feed = new Feed(session.user(), history, told, loop.metrics());
        told.onDoubt(
                new Reattachment(loop, this, () -> Optional.of(feed.reached()), feed::trust, this::restart)::begin);
        inbox = new Inbox<>(new Packets());
        dispatcher = new Dispatcher(
                this, language, loop.services(), writer, feed, loop.metrics(), loop.requests(), this::close);
        sightings = new Sightings(loop.vertx(), loop.services(), session.user(), new Sight(feed, writer, renderer));
        appearance = loop.attendance().of(session.user(), id(), sightings::missed);
        assembler = new FrameAssembler(loop.limits().messageBytes());
        expiry = new Expiry(loop.vertx(), session.expiresAtMs(), () -> close(CloseCode.SESSION_ENDED));
    }

    /** Starts to talk, when the handshake is answered. */
    void open(ServerWebSocket opened, Reply.Attached attached) {
        socket = opened;
        SocketTuning.tune(opened);
        opened.frameHandler(this::receive)
                .exceptionHandler(this::broken)
                .closeHandler(nothing -> gone())
                .drainHandler(nothing -> drained());
        opened.pongHandler(nothing -> pulse.felt());
        boolean isCurrent = attached.start().compareTo(attached.tail()) >= 0;
        writer.open(opened, isCurrent ? attached.timeMs() : attached.start().ms());
        Verdict verdict = attached.verdict();
        if (verdict != null) {
            loop.metrics().verdict(verdict.kind());
            feed.when(attached.tail(), () -> writer.operation(Reattachment.resumed(verdict)));
        }
        expiry.watch(loop.pingSeconds());
        feed.start(attached.start(), attached.tail());
    }

    /** The client's history does not hold what the client has had. */
    private void restart(Reply.Attached attached, Verdict verdict) {
        loop.metrics().verdict(verdict.kind());
        feed.restart(attached.start(), attached.tail());
        feed.when(attached.tail(), () -> writer.operation(Reattachment.resumed(verdict)));
    }

    @Override
    public Feed feed() {
        return feed;
    }

    @Override
    public void proven(long timeMs) {
        writer.proven(timeMs);
    }

    @Override
    public void doubt() {
        feed.doubt();
    }

    /** Who is still here waits for an answer. */
    @Override
    public void caughtUp() {
        inbox.drained();
    }

    /** Shows presence to who wants it, the rest at once or never: nobody misses that. */
    @Override
    public void signal(SignalRendering signal) {
        if (!renderer.canShow(signal.signal())) {
            return;
        }
        switch (signal.signal()) {
            case Signal.Presence presence -> {
                if (appearance.isWatching()) {
                    sightings.take(signal);
                }
            }
            case Signal.Typing typing -> {
                if (!feed.isLive() || writer.isFull()) {
                    loop.metrics().droppedSignal();
                } else {
                    writer.signal(signal.body(renderer));
                }
            }
        }
    }

    @Override
    public void beat() {
        ServerWebSocket open = socket;
        if (open == null || closed) {
            return;
        }
        expiry.watch(loop.pingSeconds());
        boolean full = writer.isFull();
        switch (pulse.beat(inbox.isPaused() && !full)) {
            case ALIVE -> {}
            case QUIET -> open.writePing(Pulse.PING);
            case DEAD -> close(full ? CloseCode.OVERLOADED : CloseCode.SILENT);
        }
    }

    @Override
    public void retire(CloseCode code) {
        inbox.finish(() -> close(code));
    }

    @Override
    public void close(CloseCode code) {
        ServerWebSocket open = socket;
        gone();
        if (open != null) {
            Closing.close(open, code);
        }
    }

    /** Ends a connection that was never opened. */
    void abandon() {
        gone();
    }

    @Override
    public boolean isAtRest() {
        return socket != null && inbox.isIdle() && feed.isLive() && !writer.isFull();
    }

    @Override
    public long activeAtNs() {
        return activeAtNs;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String user() {
        return session.user();
    }

    /** Names the connection in the whole cluster. */
    String id() {
        return loop.connectionId(number);
    }

    @Override
    public long counter() {
        return writer.counter();
    }

    @Override
    public void compareTail() {
        loop.compareTail(this);
    }

    @Override
    public Future<Void> replay(Position position) {
        loop.metrics().replay();
        Promise<Void> done = Promise.promise();
        writer.rewound(position.ms());
        feed.moveTo(position, done::complete);
        return done.future();
    }

    @Override
    public Appearance appearance() {
        return appearance;
    }

    @Override
    public Sightings sightings() {
        return sightings;
    }

    @Override
    public Future<Renewal> renew(@Nullable String token) {
        return loop.renewals().renew(session, token).onSuccess(renewal -> {
            if (renewal instanceof Renewal.Renewed renewed && !closed) {
                session = renewed.token().session();
                expiry.at(session.expiresAtMs());
                expiry.watch(loop.pingSeconds());
            }
        });
    }

    private void receive(WebSocketFrame frame) {
        if (closed) {
            return;
        }
        pulse.felt();
        try {
            switch (assembler.accept(frame)) {
                case Assembled.Nothing nothing -> {}
                case Assembled.Refused refused -> close(refused.code());
                case Assembled.Whole message -> receive(message);
            }
        } catch (RuntimeException fault) {
            fault(fault);
        }
    }

    private void receive(Assembled.Whole message) {
        Incoming packet = PacketReader.read(message.text(), message.binary());
        if (packet instanceof Incoming.Signal) {
            execute(packet);
        } else {
            activeAtNs = System.nanoTime();
            inbox.add(packet, message.text().length());
        }
    }

    private Future<Void> execute(Incoming packet) {
        try {
            return Trace.within(Trace.fresh(), () -> dispatcher.execute(packet))
                    .onFailure(this::fault)
                    .otherwiseEmpty();
        } catch (RuntimeException fault) {
            fault(fault);
            return Future.succeededFuture();
        }
    }

    /** Something of ours is broken: better to begin anew than to leave something out. */
    void fault(Throwable fault) {
        LOG.error("Connection {} fails", id(), fault);
        close(CloseCode.INTERNAL);
    }

    /** The frames are broken, or the connection is. */
    private void broken(Throwable cause) {
        ServerWebSocket open = socket;
        gone();
        if (open != null) {
            open.close(
                    cause instanceof CorruptedWebSocketFrameException corrupted
                            ? (short) corrupted.closeStatus().code()
                            : CloseCode.PROTOCOL_ERROR.code());
        }
    }

    private void drained() {
        pulse.felt();
        feed.drained();
        inbox.drained();
    }

    private void gone() {
        if (!closed) {
            closed = true;
            socket = null;
            expiry.stop();
            writer.shut();
            feed.stop();
            inbox.stop();
            sightings.stop();
            appearance.end();
            loop.remove(this);
        }
    }

    /** Where the client's packets come from. */
    private final class Packets implements Inbox.Desk<Incoming> {
        @Override
        public boolean isFull() {
            return writer.isFull() || loop.isCatchingUp();
        }

        @Override
        public Future<?> execute(Incoming packet) {
            return Connection.this.execute(packet);
        }

        @Override
        public void stopReading() {
            if (socket != null) {
                socket.pause();
            }
        }

        @Override
        public void readOn() {
            if (socket != null) {
                socket.resume();
            }
        }
    }
}
