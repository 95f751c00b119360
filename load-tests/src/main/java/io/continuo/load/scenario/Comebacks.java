package io.continuo.load.scenario;

import io.continuo.load.figure.Histogram;
import io.continuo.load.figure.Report;
import io.continuo.load.room.Traffic;
import io.continuo.load.wire.LoadClient;
import io.continuo.load.wire.LoadLoop;
import io.continuo.load.wire.Packet;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** Cuts clients, lets them resume, and times how long each takes to be told that it has caught up. */
final class Comebacks {
    private static final Duration AWAY = Duration.ofSeconds(1);
    private static final String RESUMED = "\"Session.resumed\"";

    private final LoadLoop loop;
    private final Traffic traffic;
    private final Histogram sinceOpen = new Histogram();
    private final Histogram sinceAsked = new Histogram();
    private final Map<String, Integer> verdicts = new TreeMap<>();
    private int cut;
    private int caughtUp;
    private int unfinished;
    private int failed;
    private long replayed;
    private long firstAsked;
    private long lastCaughtUp;

    Comebacks(LoadLoop loop, Traffic traffic) {
        this.loop = loop;
        this.traffic = traffic;
    }

    /** Cuts {@code client} at some moment of {@code spread} and resumes a second later. */
    void cut(LoadClient client, Duration spread) {
        cut++;
        long delay = spread.isZero() ? 0 : ThreadLocalRandom.current().nextLong(spread.toNanos());
        loop.after(Duration.ofNanos(delay), client::cut);
        loop.after(AWAY.plusNanos(delay), () -> new Comeback(client).begin());
    }

    /** Waits until all have caught up. Not to be called on the loop. */
    void await(Duration atMost) {
        loop.await(atMost, () -> caughtUp + failed == cut);
    }

    void unfinished(int messages) {
        unfinished = messages;
    }

    void describe(Report report) {
        report.figure("clients cut", cut);
        report.figure("caught up", caughtUp);
        verdicts.forEach((verdict, count) -> report.figure("told " + verdict, count));
        report.figure("changes replayed before that", replayed);
        report.figure("time to be caught up, after the upgrade p50, ms", sinceOpen.millis(0.5));
        report.figure("time to be caught up, after the upgrade p99, ms", sinceOpen.millis(0.99));
        report.figure("time to be caught up, with connecting p50, ms", sinceAsked.millis(0.5));
        report.figure("time to be caught up, with connecting p99, ms", sinceAsked.millis(0.99));
        report.figure("from the first connect until the last was caught up, s", (lastCaughtUp - firstAsked) / 1e9);
        report.figure("messages that did not reach everybody", unfinished);
    }

    /** One client on its way back. */
    private final class Comeback {
        private final LoadClient client;
        private final long seqBefore;
        private long asked;
        private long opened;
        private boolean done;

        Comeback(LoadClient client) {
            this.client = client;
            seqBefore = client.continuity().seq();
        }

        void begin() {
            asked = System.nanoTime();
            firstAsked = firstAsked == 0 ? asked : firstAsked;
            loop.resume(client, this::packet).whenComplete((open, failure) -> {
                opened = System.nanoTime();
                if (failure != null && failed++ == 0) {
                    System.err.println("A resume failed: " + failure);
                }
            });
        }

        private void packet(LoadClient from, Packet packet) {
            if (!done && packet.kind() == Packet.Kind.OPERATION) {
                String text = packet.text();
                if (text.contains(RESUMED)) {
                    caughtUp(text.replaceFirst(".*\"verdict\":\"(\\w+)\".*", "$1"));
                }
            }
            traffic.packet(from, packet);
        }

        private void caughtUp(String verdict) {
            done = true;
            lastCaughtUp = System.nanoTime();
            sinceOpen.record(lastCaughtUp - opened);
            sinceAsked.record(lastCaughtUp - asked);
            verdicts.merge(verdict, 1, Integer::sum);
            replayed += client.continuity().seq() - seqBefore;
            caughtUp++;
        }
    }
}
