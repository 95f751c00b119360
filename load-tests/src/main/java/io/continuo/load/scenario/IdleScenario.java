package io.continuo.load.scenario;

import io.continuo.load.server.CpuTime;
import io.continuo.load.server.DevLogin;
import io.continuo.load.server.Memory;
import io.continuo.load.server.Profile;
import io.continuo.load.wire.LoadClient;
import io.continuo.load.wire.LoadLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Five thousand users connect and then say nothing: what connecting costs, and what an idle connection weighs. */
record IdleScenario() implements Scenario {
    private static final int CONNECTIONS = 5000;
    private static final int ROUNDS = 4;
    private static final Duration SETTLE = Duration.ofSeconds(2);

    @Override
    public void run(Bed bed) throws IOException {
        int count = bed.scaled(CONNECTIONS);
        List<LoadClient> clients;
        try (DevLogin login = bed.server().login()) {
            clients = login.clients("i", count);
            warmUp(bed, login.clients("w", count / 2));
        }
        Memory before = bed.server().memory();
        double micros = connect(bed, clients);
        Memory grown = bed.server().memory().minus(before);
        bed.report().section("idle connections: " + count);
        bed.report().figure("CPU per authenticated connect, µs", micros / count);
        bed.report().figure("memory per connection, KiB", grown.total() / 1024 / count);
        bed.report().figure("memory per connection, heap, KiB", grown.heap() / 1024 / count);
        bed.report().figure("memory per connection, outside the heap, KiB", grown.outside() / 1024 / count);
        bed.report().figure("memory per connection, Redis, KiB", grown.redis() / 1024 / count);
    }

    private static void warmUp(Bed bed, List<LoadClient> clients) {
        for (int round = 0; round < ROUNDS; round++) {
            bed.loop().connectAll(clients, (client, packet) -> {});
            bed.loop().run(() -> clients.forEach(LoadClient::cut));
            LoadLoop.pause(SETTLE);
        }
    }

    /** Microseconds of CPU that all the connects took. */
    private static double connect(Bed bed, List<LoadClient> clients) throws IOException {
        if (bed.profiled()) {
            profile(bed, clients);
        }
        CpuTime before = bed.server().cpu();
        bed.loop().connectAll(clients, (client, packet) -> {});
        LoadLoop.pause(SETTLE);
        return bed.server().cpu().minus(before).total();
    }

    private static void profile(Bed bed, List<LoadClient> clients) throws IOException {
        Profile profile = bed.server().profile();
        bed.loop().connectAll(clients, (client, packet) -> {});
        bed.report().section("connecting, profiled");
        profile.finish(bed.report());
        bed.loop().run(() -> clients.forEach(LoadClient::cut));
        LoadLoop.pause(SETTLE);
    }
}
