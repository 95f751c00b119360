package io.continuo.load.room;

import io.continuo.load.figure.Histogram;
import io.continuo.load.wire.LoadClient;
import io.continuo.load.wire.LoadLoop;
import io.continuo.load.wire.Packet;
import java.time.Duration;
import java.util.List;

/**
 * Messages through rooms: as many as the server can take, or at a rate. Belongs to the load's loop, except for what
 * says otherwise.
 */
public final class Traffic {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final LoadLoop loop;
    private final List<Room> rooms;
    private boolean closedLoop;
    private double perSecond;
    private long rateBegan;
    private long sentSinceRateBegan;
    private int nextRoom;
    private Counts counts = new Counts();

    /** What passed since {@link #begin}. */
    public static final class Counts {
        private final long began = System.nanoTime();
        private final Histogram delivery = new Histogram();
        private final Histogram complete = new Histogram();
        private long messages;
        private long packets;
        private long bytes;
        private long refused;

        /** Seconds since the beginning. */
        public double seconds() {
            return (System.nanoTime() - began) / 1e9;
        }

        /** Time from sending a message until one member had it. */
        public Histogram delivery() {
            return delivery;
        }

        /** Time from sending a message until the last member had it. */
        public Histogram complete() {
            return complete;
        }

        public long deliveries() {
            return delivery.total();
        }

        public long messages() {
            return messages;
        }

        /** Packets of any kind that reached a client. */
        public long packets() {
            return packets;
        }

        /** Bytes of those packets. */
        public long bytes() {
            return bytes;
        }

        /** Requests that the server refused. */
        public long refused() {
            return refused;
        }
    }

    Traffic(LoadLoop loop, List<Room> rooms) {
        this.loop = loop;
        this.rooms = rooms;
    }

    /** Keeps {@code window} messages of each room underway until {@link #stop}. Not to be called on the loop. */
    public void saturate(int window) {
        loop.run(() -> {
            closedLoop = true;
            for (Room room : rooms) {
                for (int i = 0; i < window; i++) {
                    send(room);
                }
            }
        });
    }

    /** Sends {@code messages} per second in all until {@link #stop}. Not to be called on the loop. */
    public void pace(double messages) {
        loop.run(() -> {
            perSecond = messages;
            rateBegan = System.nanoTime();
            sentSinceRateBegan = 0;
            tick();
        });
    }

    /** Counts from zero. Not to be called on the loop. */
    public void begin() {
        loop.run(() -> counts = new Counts());
    }

    /** Takes what was counted. Not to be called on the loop. */
    public Counts end() {
        return loop.call(() -> {
            Counts counted = counts;
            counts = new Counts();
            return counted;
        });
    }

    /**
     * Sends no more and waits until everything has arrived. Not to be called on the loop.
     *
     * @return messages that did not reach everybody in time
     */
    public int stop() {
        loop.run(() -> {
            closedLoop = false;
            perSecond = 0;
        });
        loop.await(DRAIN, () -> underway() == 0);
        return loop.call(this::underway);
    }

    private int underway() {
        return rooms.stream().mapToInt(Room::underway).sum();
    }

    private void tick() {
        if (perSecond == 0) {
            return;
        }
        long due = (long) ((System.nanoTime() - rateBegan) / 1e9 * perSecond);
        for (; sentSinceRateBegan < due; sentSinceRateBegan++) {
            send(rooms.get(nextRoom++ % rooms.size()));
        }
        loop.after(TICK, this::tick);
    }

    private void send(Room room) {
        if (room.send(System.nanoTime())) {
            counts.messages++;
        }
    }

    /** Hears a packet that no one else has to hear. */
    public void packet(LoadClient client, Packet packet) {
        counts.packets++;
        counts.bytes += packet.length();
        if (packet.kind() == Packet.Kind.CHANGE) {
            long mark = packet.mark();
            if (mark != Packet.UNMARKED) {
                delivered(rooms.get(Room.index(mark)), mark);
            }
        } else if (packet.failed() && counts.refused++ == 0) {
            System.err.println(client.user() + " is refused: " + packet.text());
        }
    }

    private void delivered(Room room, long mark) {
        long took = System.nanoTime() - room.delivered(mark);
        counts.delivery.record(took);
        if (room.complete(mark)) {
            counts.complete.record(took);
            if (closedLoop) {
                send(room);
            }
        }
    }
}
