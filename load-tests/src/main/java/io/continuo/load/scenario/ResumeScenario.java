package io.continuo.load.scenario;

import io.continuo.load.figure.Report;
import io.continuo.load.room.Rooms;
import io.continuo.load.server.CpuTime;
import io.continuo.load.server.DevLogin;
import io.continuo.load.wire.LoadLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Clients in rooms of ten are cut by a TCP reset under load and resume a second later from their last position. One
 * more member of each room stays and does the writing: what is sent into a dying socket may never arrive.
 *
 * @param clients how many are cut
 * @param spreadSeconds over how long the cuts are spread; 0 means all at once
 */
record ResumeScenario(int clients, int spreadSeconds) implements Scenario {
    private static final List<Integer> RATES = List.of(50, 500);
    private static final int CUT_PER_ROOM = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public void run(Bed bed) throws IOException {
        int cut = bed.scaled(clients);
        Rooms rooms;
        try (DevLogin login = bed.server().login()) {
            rooms = Rooms.open(bed.loop(), login, cut / CUT_PER_ROOM, CUT_PER_ROOM + 1, 1);
        }
        // The first pass only makes the code fast.
        pass(bed, rooms, RATES.getLast());
        for (int rate : RATES) {
            CpuTime before = bed.server().cpu();
            Comebacks comebacks = pass(bed, rooms, rate);
            bed.report()
                    .section(cut + " clients cut " + (spreadSeconds == 0 ? "at once" : "over " + spreadSeconds + " s")
                            + ", " + rate + " messages/s");
            comebacks.describe(bed.report());
            bed.report()
                    .figure("CPU in all, ms", bed.server().cpu().minus(before).total() / 1e3);
            faults(bed.report(), rooms);
        }
    }

    private Comebacks pass(Bed bed, Rooms rooms, int messagesPerSecond) {
        Comebacks comebacks = new Comebacks(bed.loop(), rooms.traffic());
        rooms.traffic().begin();
        rooms.traffic().pace(messagesPerSecond);
        LoadLoop.pause(bed.warmUp().dividedBy(5));
        for (int i = 0; i < rooms.clients().size(); i++) {
            if (i % (CUT_PER_ROOM + 1) != 0) {
                comebacks.cut(rooms.clients().get(i), Duration.ofSeconds(spreadSeconds));
            }
        }
        comebacks.await(PATIENCE.plusSeconds(spreadSeconds));
        comebacks.unfinished(rooms.traffic().stop());
        return comebacks;
    }

    private static void faults(Report report, Rooms rooms) {
        report.figure("lost", rooms.lost());
        report.figure("doubled", rooms.doubled());
        report.figure("disordered", rooms.disordered());
        report.figure("miscounted", rooms.miscounted());
    }
}
