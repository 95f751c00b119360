package io.continuo.gateway.atmosphere.visit;

import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.gateway.atmosphere.transport.Transport;
import io.continuo.gateway.atmosphere.wire.ClientText;
import io.continuo.gateway.atmosphere.wire.Framing;
import io.continuo.gateway.atmosphere.wire.Guest;
import io.continuo.gateway.atmosphere.wire.Kind;
import io.continuo.gateway.socket.Departing;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.request.Inbox;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client's tracking id stands for, as long as it is at home on this event loop: a socket or a stream with what
 * belongs to it, or polls with the short times between them. When the client is away for longer, only what is remembered
 * stays. Lives on one event loop, and so has no locks.
 */
final class Visit implements Transport.Listener, Application.Outlet, Departing {
    /** How often what has moved is remembered, and what has not. */
    private static final int CURSORS_A_HEARTBEAT = 5;

    private static final int REFRESHES_A_LIFE = 3;
    /** A mark that proves nothing but life. */
    private static final long NOTHING = -1;

    private final Visits visits;
    private final Guest guest;
    private final Framing framing;
    private final String base;
    private final Progress progress = new Progress();
    private final Vitals vitals;
    private final Keeper keeper;
    private final Inbox<String> inbox = new Inbox<>(new Desk(this));
    private final Unsent pending = new Unsent();
    private final Kind kind;
    private @Nullable Transport transport;
    private @Nullable Application application;
    private long number;
    /** What is to be remembered when the application has been stopped, since the last news may have to wait. */
    private String lastState = "";

    private long activeAtNs = System.nanoTime();
    private boolean over;
    private boolean handedOver;
    /** Where the client is to go, once there is nothing left to say here. */
    private @Nullable CloseCode leaving;

    private @Nullable CloseCode closing;

    Visit(Visits visits, Guest guest, Framing framing, Kind kind, String base) {
        this.visits = visits;
        this.guest = guest;
        this.framing = framing;
        this.kind = kind;
        this.base = base;
        vitals = new Vitals(visits.heartbeatSeconds());
        keeper = new Keeper(
                visits.services(),
                visits.heartbeatSeconds() * 1_000L / CURSORS_A_HEARTBEAT,
                visits.lifeSeconds() * 1_000L / REFRESHES_A_LIFE,
                this::news,
                () -> visits.unlessTaken(this::displaced));
    }

    /** The client is there; before it is known what it has come for. */
    void open(Transport opened) {
        transport = opened;
        vitals.begin(visits.nowMs());
        opened.open(this);
    }

    /** Greets the client (protocol/atmosphere.md §0, R3–R6). */
    void greet() {
        Transport to = transport;
        if (to != null) {
            switch (guest.greeting()) {
                case NONE -> {}
                case PADDING -> to.greet(framing.padding(), guest.trackingId());
                case HELLO ->
                    to.greet(framing.hello(guest.trackingId(), visits.heartbeatSeconds()), guest.trackingId());
            }
        }
    }

    /**
     * It is known what was remembered: from now on the client's messages are taken.
     *
     * @param claim its number; 0 for none
     * @param taken what the visit had when it was taken from another loop, or what was kept of it
     */
    void begin(long claim, Reply.VisitTaken taken) {
        number = claim;
        keeper.start(visits.nowMs());
        progress.start(taken.cursor());
        taken.pending().forEach(pending::add);
        application = visits.start(this, new Application.Remembered(taken.state(), taken.given()));
        drained();
    }

    /** The client comes with its next poll, so it has had the answer to the last one. */
    void nextPoll(Transport poll) {
        Transport last = transport;
        if (last != null) {
            last.close(CloseCode.REPLACED);
        }
        allProven();
        open(poll);
        drained();
    }

    /** Hands everything over to whom the client has come to; what it has said between two polls is done before. */
    void take(boolean polled, Consumer<Reply.VisitTaken> receiver) {
        if (polled && polls() && !inbox.isIdle()) {
            handedOver = true;
            inbox.finish(() -> receiver.accept(take(true)));
        } else {
            receiver.accept(take(polled));
        }
    }

    private Reply.VisitTaken take(boolean polled) {
        String given = progress.cursor();
        if (polled && polls() && application != null) {
            // The client has had all that it was sent, and the rest goes along.
            allProven();
            given = application.cursor();
        }
        Reply.VisitTaken taken = new Reply.VisitTaken(state(), progress.cursor(), given, pending.all());
        end(CloseCode.REPLACED);
        return taken;
    }

    /** A message that came by a request of its own; false when too many wait. */
    boolean push(String text) {
        if (inbox.isPaused()) {
            return false;
        }
        received(text);
        return true;
    }

    /** Once a second. */
    void beat() {
        long now = visits.nowMs();
        Transport to = transport;
        if (to == null) {
            if (application != null && vitals.isAway(now)) {
                rest();
            }
            return;
        }
        if (!to.isFull()) {
            vitals.hasRoom(now);
        }
        if (isDead(to, now)) {
            close(to.isFull() ? CloseCode.OVERLOADED : CloseCode.SILENT);
            return;
        }
        boolean silent = (application != null || to.isDuplex()) && vitals.isQuiet(now);
        if (silent && !to.isFull()) {
            vitals.sent(now);
            ask(to);
            to.send(framing.padding());
        } else if (progress.isToBeAsked()) {
            ask(to);
        }
        if (application != null && !guest.id().isEmpty()) {
            keeper.beat(now);
        }
    }

    /** Another one of the same client is newer. */
    void displaced() {
        if (!over && guest.isRemembered()) {
            end(CloseCode.REPLACED);
        }
    }

    /** Ends the connection, and what is at home here; nothing is kept. */
    void end(CloseCode code) {
        Transport last = transport;
        closing = code;
        keeper.stop();
        stop();
        if (last != null) {
            last.close(code);
        }
    }

    @Nullable Application application() {
        return application;
    }

    /** Whether it takes no more messages, since another loop is to have it. */
    boolean isHandedOver() {
        return handedOver;
    }

    /** Whether the client's messages have to wait: who polls gets the answers by the next polls. */
    boolean isBusy() {
        return application == null || isFull();
    }

    /** Whether the client's messages are read. */
    void reads(boolean now) {
        Transport from = transport;
        if (from != null && now) {
            from.resume();
        } else if (from != null) {
            from.pause();
        }
    }

    Guest guest() {
        return guest;
    }

    long number() {
        return number;
    }

    boolean isDuplex() {
        return transport != null && transport.isDuplex();
    }

    /** Whether the client has come by polls. */
    boolean polls() {
        return transport == null || transport.polls();
    }

    @Override
    public void retire(CloseCode code) {
        inbox.finish(() -> {
            leaving = code;
            leaveIfDone();
        });
    }

    /** What waits for the next poll is not remembered; so that one is still answered here. */
    private void leaveIfDone() {
        CloseCode code = leaving;
        if (code != null && (!polls() || pending.isEmpty())) {
            leaving = null;
            if (guest.id().isEmpty() || application == null) {
                sendAway(code);
            } else {
                keeper.settle(() -> sendAway(code));
            }
        }
    }

    private void sendAway(CloseCode code) {
        Transport last = transport;
        if (last != null) {
            last.prepare(framing.padding());
        }
        close(code);
    }

    @Override
    public boolean isClosed() {
        return over;
    }

    /** Who polls goes wherever the next poll leads. */
    @Override
    public boolean isAtRest() {
        return !polls() && application != null && inbox.isIdle() && !isFull();
    }

    @Override
    public long activeAtNs() {
        return activeAtNs;
    }

    @Override
    public boolean isFull() {
        // The next poll may come to another node: what waits goes along, what was begun to be told would begin anew
        // there.
        return polls() ? pending.isFull() : !hasRoom();
    }

    private boolean hasRoom() {
        return transport != null && !transport.isFull() && pending.isEmpty();
    }

    @Override
    public void send(String json) {
        if (hasRoom()) {
            write(Objects.requireNonNull(transport), json);
        } else if (!pending.add(json)) {
            close(CloseCode.OVERLOADED);
        }
    }

    @Override
    public String proven() {
        return progress.cursor();
    }

    @Override
    public String base() {
        return base;
    }

    @Override
    public void changed() {
        progress.forget();
        if (application != null) {
            keep();
        }
    }

    @Override
    public void close(CloseCode code) {
        Transport last = transport;
        closing = code;
        if (last != null) {
            last.close(code);
        }
        ended(Transport.Ending.LOST);
    }

    @Override
    public void received(String text) {
        heard();
        String message = ClientText.message(text);
        if (!message.isEmpty()) {
            activeAtNs = System.nanoTime();
            inbox.add(message, message.length());
        }
    }

    @Override
    public void heard() {
        vitals.heard(visits.nowMs());
    }

    @Override
    public void drained() {
        while (transport != null && !transport.isFull() && !pending.isEmpty()) {
            write(transport, pending.next());
        }
        if (application != null && !isFull()) {
            application.drained();
        }
        inbox.drained();
        leaveIfDone();
    }

    @Override
    public void proven(long mark) {
        if (progress.proven(mark)) {
            keeper.cursorMoved();
        }
    }

    @Override
    public void ended(Transport.Ending ending) {
        transport = null;
        vitals.heard(visits.nowMs());
        if (over) {
            return;
        }
        if (ending == Transport.Ending.LOST) {
            rest();
        }
    }

    /** The client is away: all that stays is remembered elsewhere. */
    private void rest() {
        if (!over && application != null) {
            keep();
        }
        stop();
    }

    private void stop() {
        if (!over) {
            lastState = state();
            over = true;
            transport = null;
            inbox.stop();
            pending.clear();
            if (application != null) {
                application.stop();
            }
            visits.remove(this);
            visits.metrics().ended(kind, closing);
        }
    }

    private void keep() {
        if (!guest.id().isEmpty()) {
            keeper.keep();
        }
    }

    private PresenceRequest.KeepVisit news() {
        return new PresenceRequest.KeepVisit(
                guest.id(), number, visits.address(), state(), progress.cursor(), visits.lifeSeconds());
    }

    private String state() {
        if (over) {
            return lastState;
        }
        return application == null || !guest.isRemembered() ? "" : application.state();
    }

    private void write(Transport to, String json) {
        to.send(framing.message(json));
        vitals.sent(visits.nowMs());
        progress.sent();
        visits.metrics().text(kind);
    }

    /** Asks the client's end whether it has all that was sent. What still waits here, the cursor would claim too. */
    private void ask(Transport to) {
        if (application != null && pending.isEmpty()) {
            to.ask(progress.ask(application.cursor()));
        } else if (to.isDuplex()) {
            to.ask(NOTHING);
        }
    }

    private void allProven() {
        if (application != null && pending.isEmpty() && progress.proven(progress.ask(application.cursor()))) {
            keeper.cursorMoved();
        }
    }

    private boolean isDead(Transport to, long now) {
        boolean deaf = inbox.isPaused() && !to.isFull();
        return vitals.isDead(now, to.isDuplex() && !deaf);
    }
}
