package io.continuo.load.scenario;

import io.continuo.load.figure.Report;
import io.continuo.load.room.Rooms;
import io.continuo.load.room.Traffic;
import io.continuo.load.server.CpuTime;
import io.continuo.load.server.DevLogin;
import io.continuo.load.server.Profile;
import io.continuo.load.wire.LoadLoop;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * A thousand connections in rooms of one size, 200-byte messages: as fast as the server can, then 10,000 deliveries per
 * second. A delivery is one message at one member's socket.
 *
 * @param size members of a room
 */
record RoomScenario(int size) implements Scenario {
    private static final int CONNECTIONS = 1000;
    private static final int DELIVERIES_PER_SECOND = 10_000;
    private static final int WINDOW = 4;

    @Override
    public void run(Bed bed) throws IOException {
        Rooms rooms;
        try (DevLogin login = bed.server().login()) {
            rooms = Rooms.open(bed.loop(), login, CONNECTIONS / size, size, size);
        }
        saturated(bed, rooms.traffic());
        rated(bed, rooms.traffic());
        bed.report().figure("lost", rooms.lost());
        bed.report().figure("doubled", rooms.doubled());
        bed.report().figure("disordered", rooms.disordered());
        bed.report().figure("miscounted", rooms.miscounted());
    }

    private void saturated(Bed bed, Traffic traffic) throws IOException {
        traffic.saturate(WINDOW);
        LoadLoop.pause(bed.warmUp());
        measure(bed, traffic, "saturated");
        int unfinished = traffic.stop();
        bed.report().figure("messages that did not reach everybody", unfinished);
    }

    private void rated(Bed bed, Traffic traffic) throws IOException {
        double dataBefore = bed.server().redis().dataBytes();
        traffic.begin();
        traffic.pace((double) DELIVERIES_PER_SECOND / size);
        LoadLoop.pause(bed.warmUp().dividedBy(3));
        long deliveries = traffic.end().deliveries();
        deliveries += measure(bed, traffic, "10,000 deliveries/s");
        double stored = bed.server().redis().dataBytes() - dataBefore;
        int unfinished = traffic.stop();
        bed.report().figure("messages that did not reach everybody", unfinished);
        bed.report().figure("Redis memory per message and member, bytes", stored / deliveries);
    }

    /** Answers how many deliveries there were. */
    private long measure(Bed bed, Traffic traffic, String load) throws IOException {
        double loadBefore = ownCpu();
        CpuTime before = bed.server().cpu();
        traffic.begin();
        LoadLoop.pause(bed.measured());
        Traffic.Counts counts = traffic.end();
        double seconds = counts.seconds();
        CpuTime spent = bed.server().cpu().minus(before);
        bed.report().section("rooms of " + size + ", " + load);
        describe(bed.report(), counts, seconds, spent, ownCpu() - loadBefore);
        return counts.deliveries() + profiled(bed, traffic);
    }

    private static void describe(Report report, Traffic.Counts counts, double seconds, CpuTime spent, double own) {
        double deliveries = Math.max(1, counts.deliveries());
        report.figure("deliveries/s", deliveries / seconds);
        report.figure("CPU per delivery, µs", spent.total() / deliveries);
        report.figure("CPU per delivery, server outside the kernel, µs", spent.user() / deliveries);
        report.figure("CPU per delivery, server inside the kernel, µs", spent.kernel() / deliveries);
        report.figure("CPU per delivery, Redis, µs", spent.redis() / deliveries);
        report.figure("CPU per delivery, rewrites of Redis' file, µs", spent.rewrites() / deliveries);
        report.figure("packets per delivery", counts.packets() / deliveries);
        report.figure("bytes per delivery", counts.bytes() / deliveries);
        report.figure("latency of a delivery p50, ms", counts.delivery().millis(0.5));
        report.figure("latency of a delivery p99, ms", counts.delivery().millis(0.99));
        report.figure("latency until the last member p50, ms", counts.complete().millis(0.5));
        report.figure("latency until the last member p99, ms", counts.complete().millis(0.99));
        report.figure("refused requests", counts.refused());
        report.figure("server's share of its core, %", spent.total() / seconds / 1e4);
        report.figure(
                "share of that core that others took, %", Math.max(0, spent.core() - spent.total()) / seconds / 1e4);
        report.figure("CPU of the load per delivery, µs", own / deliveries);
    }

    private static long profiled(Bed bed, Traffic traffic) throws IOException {
        if (!bed.profiled()) {
            return 0;
        }
        Profile profile = bed.server().profile();
        traffic.begin();
        LoadLoop.pause(bed.measured());
        long deliveries = traffic.end().deliveries();
        bed.report().figure("deliveries while profiled", deliveries);
        profile.finish(bed.report());
        return deliveries;
    }

    /** Microseconds of CPU that the load itself has spent. */
    private static double ownCpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getProcessCpuTime()
                / 1e3;
    }
}
