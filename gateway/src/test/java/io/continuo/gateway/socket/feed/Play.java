package io.continuo.gateway.socket.feed;

import io.continuo.common.bus.Reply;
import io.continuo.common.event.Delivery;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.model.Message;
import io.continuo.common.model.Person;
import io.continuo.common.model.ReceiptStatus;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A history, a bus that may lose things, a socket that may be full, and the feed between them; all moved by hand. */
final class Play {
    static final String ME = "me";
    static final String OTHER = "other";

    private static final long FIRST_MS = 1_000;

    final List<Delivery> history = new ArrayList<>();
    final Set<Position> gone = new HashSet<>();
    final List<Due> air = new ArrayList<>();
    final List<String> written = new ArrayList<>();
    final Feed feed;

    boolean full;
    int doubts;
    private @Nullable Read read;
    private long ms = FIRST_MS;
    private long seq;

    Play() {
        feed = new Feed(ME, this::read, new Socket(), new SocketMetrics(new SimpleMeterRegistry()));
    }

    Position tail() {
        return history.isEmpty() ? Position.BEGINNING : history.getLast().position();
    }

    /** Appends an event, and sends the push on its way. */
    Delivery happens(String author, boolean twoPackets, int laterMs) {
        ms += laterMs;
        Event event = twoPackets ? message(author) : receipt(author);
        seq += event.span(Delivery.UNCHANGED);
        Delivery delivery = new Delivery(new Position(ms, seq), event, Delivery.UNCHANGED);
        history.add(delivery);
        air.add(Due.of(delivery));
        return delivery;
    }

    /** Redis comes back with so many entries less; time has passed. */
    void lose(int entries) {
        for (int i = 0; i < entries; i++) {
            history.removeLast();
        }
        air.removeIf(due -> due.position().compareTo(tail()) > 0);
        seq = tail().seq();
        ms++;
    }

    /** Lets the read that is under way come to the history, if there is one: what happens later is not in its answer. */
    void reachHistory() {
        if (read != null) {
            read.reachHistory();
        }
    }

    /** Lets the read that is under way come to the history, if it has not yet, and its answer back. */
    boolean answerRead() {
        Read answered = read;
        read = null;
        if (answered != null) {
            answered.answer.complete(answered.reachHistory());
        }
        return answered != null;
    }

    void land(int index) {
        feed.push(air.remove(index));
    }

    void drain() {
        full = false;
        feed.drained();
    }

    /** Everything that is there to be written after {@code start}, packet by packet. */
    List<String> expectedAfter(Position start) {
        List<String> expected = new ArrayList<>();
        for (Delivery delivery : history) {
            for (int i = 0; i < delivery.span(); i++) {
                Position packet = delivery.position().back(delivery.span() - 1L - i);
                if (packet.compareTo(start) > 0 && !gone.contains(delivery.position())) {
                    expected.add(packet.toString());
                }
            }
        }
        return expected;
    }

    private Future<Reply.HistoryPage> read(Position after, int limit) {
        if (read != null) {
            throw new IllegalStateException("One read at a time.");
        }
        read = new Read(after, limit);
        return read.answer.future();
    }

    private Reply.HistoryPage page(Position after, int limit) {
        List<Delivery> entries = history.stream()
                .filter(delivery -> delivery.position().compareTo(after) > 0)
                .limit(limit)
                .toList();
        List<Delivery> found = entries.stream()
                .filter(delivery -> !gone.contains(delivery.position()))
                .toList();
        return new Reply.HistoryPage(
                found, entries.isEmpty() ? after : entries.getLast().position(), tail());
    }

    private static Event message(String author) {
        return new Event.MessageCreated(
                new Message("m", "c", 1, Person.of(author), 1, List.of(), Map.of(author, ReceiptStatus.READ)), 1);
    }

    private static Event receipt(String author) {
        return new Event.ReceiptChanged("m", "c", author, ReceiptStatus.READ);
    }

    private final class Read {
        final Promise<Reply.HistoryPage> answer = Promise.promise();
        private final Position after;
        private final int limit;
        private Reply.@Nullable HistoryPage page;

        Read(Position after, int limit) {
            this.after = after;
            this.limit = limit;
        }

        Reply.HistoryPage reachHistory() {
            Reply.HistoryPage there = page == null ? page(after, limit) : page;
            page = there;
            return there;
        }
    }

    private final class Socket implements Feed.Sink {
        @Override
        public void doubt() {
            doubts++;
        }

        @Override
        public boolean isFull() {
            return full;
        }

        @Override
        public void write(Due due, int from) {
            for (int i = from; i < due.span(); i++) {
                written.add(due.position().back(due.span() - 1L - i).toString());
            }
        }
    }
}
