package io.continuo.gateway.socket.feed;

import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Position;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Brings a client's history to one connection, every event exactly once and in order. Events are pushed to it; the
 * history itself is read wherever pushes are not enough: a hole, a resume, a replay, a socket that was full.
 *
 * <p>Pushes that cannot be written at once are kept, the newest few of them: they mostly join what is being read, so
 * that reading comes to an end also when events come fast. If some had to go, the rest reveals a hole, and is read for.
 *
 * <p>What contradicts that the client has had what it has had, shows that Redis came back with less than it held. Then
 * nothing is written until it is known where to go on.
 *
 * <p>Belongs to one event loop.
 */
public final class Feed {
    private static final int KEPT = 64;

    /** Where the history is read; does not fail but takes its time, and gives up only with the connection. */
    @FunctionalInterface
    public interface Reader {
        Future<Reply.HistoryPage> read(Position after, int limit);
    }

    /** Where events go. */
    public interface Sink {
        boolean isFull();

        /** @param from the first of the event's packets to write, 0 for all */
        void write(Due due, int from);

        /**
         * The history may not hold any more what the client has had; nothing is written until {@link Feed#trust} or {@link
         * Feed#restart}.
         */
        void doubt();
    }

    private final String user;
    private final Reader reader;
    private final Sink sink;
    private final SocketMetrics metrics;
    private final Lag lag;
    private final Cursor cursor = new Cursor(Position.BEGINNING);
    private final Milestones milestones = new Milestones();
    private final Coverage coverage = new Coverage();
    private final ArrayDeque<Due> kept = new ArrayDeque<>(2);

    /** The newest position heard of. */
    private Position known = Position.BEGINNING;
    /** The newest position that the client has had, also while older ones are sent again. */
    private Position reached = Position.BEGINNING;
    /** A tail up to which a read has found nothing; reading it once more proves that there is nothing. */
    private Position barren = Position.BEGINNING;

    private final PageSize pageSize = new PageSize();
    private int moves;

    private boolean started;
    private boolean stopped;
    private boolean live;
    /** A page is asked for, or being written. */
    private boolean reading;

    private boolean holding;
    /** In whose middle something is held. */
    private @Nullable Page held;

    private boolean doubtful;

    /**
     * What a read has brought.
     *
     * @param after where it was to begin
     * @param knownBefore the newest position heard of when it was begun
     */
    private record Page(Reply.HistoryPage history, Position after, Position knownBefore) {}

    public Feed(String user, Reader reader, Sink sink, SocketMetrics metrics) {
        this.user = user;
        this.reader = reader;
        this.sink = sink;
        this.metrics = metrics;
        lag = new Lag(metrics);
    }

    /** Begins after {@code start}; what was pushed before has been kept. */
    public void start(Position start, Position tail) {
        cursor.moveTo(start);
        reached = start;
        hear(tail);
        started = true;
        live = !cursor.isBefore(tail);
        milestones.pass(cursor);
        if (doubtful) {
            doubtful = false;
            doubt();
        }
        proceed();
    }

    /** Takes an event that was pushed. */
    public void push(Due due) {
        if (stopped || (kept.isEmpty() && offer(due))) {
            return;
        }
        kept.addLast(due);
        if (kept.size() > KEPT) {
            kept.removeFirst();
            metrics.droppedPush();
        }
        if (started && !live) {
            proceed();
        }
    }

    /** The history is known to have reached {@code tail}. */
    public void tailIs(Position tail) {
        hear(tail);
        proceed();
    }

    /**
     * The history's tail was {@code tail}, which was asked when the client had {@code asked}.
     *
     * @param asked what {@link #reached} said then
     */
    public void tailWas(Position tail, Position asked) {
        if (started && !Cursor.mayFollow(asked, tail)) {
            doubt();
        } else {
            tailIs(tail);
        }
    }

    /** The newest position that the client has had. */
    public Position reached() {
        return reached;
    }

    /** Something was lost in Redis, perhaps: stops until it is known what the history still holds. */
    public void doubt() {
        if (stopped || doubtful) {
            return;
        }
        doubtful = true;
        if (started) {
            moves++;
            live = false;
            held = null;
            sink.doubt();
        }
    }

    /** Ends a doubt: what the client has had is there, and the history's tail is {@code tail}. */
    public void trust(Position tail) {
        goOn(tail);
    }

    /** Ends a doubt: what the client has had is not there. Goes on after {@code start}. */
    public void restart(Position start, Position tail) {
        coverage.forget();
        cursor.moveTo(start);
        reached = start;
        goOn(tail);
    }

    /** What was pushed meanwhile is in the history if it is true. What was to be done at a lost place is done at the tail. */
    private void goOn(Position tail) {
        doubtful = false;
        known = tail;
        kept.forEach(due -> hear(due.position()));
        kept.clear();
        barren = Position.BEGINNING;
        milestones.tailIs(tail);
        milestones.notBeyond(tail);
        live = !cursor.isBefore(tail);
        milestones.pass(cursor);
        proceed();
    }

    /** The sink has room again. */
    public void drained() {
        proceed();
    }

    /** Whether the client has everything that we know of. */
    public boolean isLive() {
        return live && kept.isEmpty();
    }

    public Position position() {
        return cursor.at();
    }

    /** What the client has been brought. */
    public Coverage coverage() {
        return coverage;
    }

    /**
     * From now on nothing is written that the client itself has done, or nobody knows who, nor what follows
     * (protocol/layer.md §5.3).
     */
    public void hold() {
        holding = true;
    }

    /** Ends {@link #hold}. */
    public void release() {
        holding = false;
        Page page = held;
        held = null;
        if (page != null) {
            // Not read anew: the next request would hold all of it again, and the one after that.
            write(page);
        }
        proceed();
    }

    /** Does something as soon as the client has everything up to {@code target}. */
    public void when(Position target, Runnable action) {
        milestones.at(target, action);
        if (started && !stopped) {
            milestones.pass(cursor);
        }
    }

    /**
     * Goes on after {@code position}, which need not be one of the history's.
     *
     * @param done when the client has everything up to what is then the tail
     */
    public void moveTo(Position position, Runnable done) {
        moves++;
        coverage.leave();
        cursor.moveTo(position);
        held = null;
        live = false;
        milestones.atNextTail(done);
        proceed();
    }

    /** Nothing more is written. */
    public void stop() {
        moves++;
        stopped = true;
        live = false;
        held = null;
        kept.clear();
        milestones.clear();
        lag.is(false);
    }

    private void hear(Position tail) {
        if (known.compareTo(tail) < 0) {
            known = tail;
        }
    }

    private void proceed() {
        bringOn();
        lag.is(started && !stopped && !live);
    }

    private void bringOn() {
        while (live && !kept.isEmpty()) {
            Due first = kept.getFirst();
            if (!offer(first)) {
                break;
            }
            // What was waiting for this event may have brought it on already.
            if (kept.peekFirst() == first) {
                kept.removeFirst();
            }
        }
        if (live && kept.isEmpty() && cursor.isBefore(known)) {
            live = false;
        }
        boolean blocked = stopped || doubtful || reading || held != null || sink.isFull();
        if (started && !live && !blocked) {
            read();
        }
    }

    /** Writes a pushed event, or knows that it need not be; false when it has to wait. */
    private boolean offer(Due due) {
        if (!live) {
            return false;
        }
        int span = due.span();
        if (Cursor.contradicts(reached, due.position(), span)) {
            doubt();
            return false;
        }
        int sent = cursor.sentOfPush(due.position(), span);
        if (sent == span) {
            metrics.duplicate();
            return true;
        }
        if (sent == Cursor.HOLE) {
            live = false;
            return false;
        }
        if (isHeld(due) || sink.isFull()) {
            return false;
        }
        write(due, sent);
        return true;
    }

    private boolean isHeld(Due due) {
        String author = due.event().author();
        return holding && (author.isEmpty() || author.equals(user));
    }

    private void write(Due due, int sent) {
        sink.write(due, sent);
        long last = due.position().seq();
        coverage.wrote(last - due.span() + sent, last);
        moveOn(due.position());
        milestones.pass(cursor);
    }

    /** To a place of the history. */
    private void moveOn(Position position) {
        cursor.moveTo(position);
        if (reached.compareTo(position) < 0) {
            reached = position;
        }
    }

    private void read() {
        reading = true;
        metrics.catchUp();
        int move = moves;
        Position after = cursor.at();
        Position knownBefore = known;
        Position asked = newestSeen();
        reader.read(after, pageSize.events()).onSuccess(page -> {
            reading = false;
            if (move == moves && !Cursor.mayFollow(asked, page.tail())) {
                doubt();
            } else if (move == moves) {
                take(new Page(page, after, knownBefore));
            }
            proceed();
        });
    }

    /** What was pushed was in the history by then. */
    private Position newestSeen() {
        Position newest = reached;
        for (Due due : kept) {
            newest = due.position().compareTo(newest) > 0 ? due.position() : newest;
        }
        return newest;
    }

    private void take(Page page) {
        Reply.HistoryPage history = page.history;
        milestones.tailIs(history.tail());
        if (!history.next().equals(page.after)) {
            metrics.missed(coverage.readOn(history.from().seq()));
        }
        write(page);
    }

    /** Milestones may be passed in the middle of it; whatever is done there, nothing is read meanwhile. */
    private void write(Page page) {
        reading = true;
        if (writeAll(page)) {
            end(page);
        }
        reading = false;
    }

    /** False when it had to stop before the end. */
    private boolean writeAll(Page page) {
        int move = moves;
        int written = 0;
        for (Delivery delivery : page.history.deliveries()) {
            Due due = Due.of(delivery);
            if (Cursor.contradicts(reached, due.position(), due.span())) {
                doubt();
                return false;
            }
            int sent = cursor.sentOfRead(due.position(), due.span());
            if (sent == due.span()) {
                continue;
            }
            if (isHeld(due)) {
                held = page;
                return false;
            }
            coverage.skipped(due.position().seq() - due.span());
            if (sink.isFull()) {
                pageSize.tooLarge(written);
                return false;
            }
            write(due, sent);
            lag.replayed(due.span() - sent);
            written++;
            if (move != moves) {
                return false;
            }
        }
        pageSize.wellWritten();
        return true;
    }

    /** The whole page is written: there is more, or the history's end is reached. */
    private void end(Page page) {
        Position next = page.history.next();
        Position tail = page.history.tail();
        boolean atEnd = next.compareTo(tail) >= 0;
        if (!next.equals(page.after)) {
            coverage.skipped(next.seq());
            moveOn(next);
        } else if (atEnd) {
            moveOn(tail);
        } else if (barren.equals(Position.BEGINNING)) {
            barren = tail;
            return;
        } else {
            metrics.missed(coverage.readOn(barren.seq()));
            moveOn(barren);
        }
        barren = Position.BEGINNING;
        if (atEnd && known.equals(page.knownBefore)) {
            known = cursor.at();
        }
        live = atEnd && !cursor.isBefore(known);
        milestones.pass(cursor);
    }
}
