package io.continuo.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.continuo.chaos.check.Checker;
import io.continuo.chaos.fault.Scenario;
import io.continuo.chaos.place.Cluster;
import io.continuo.chaos.place.Network;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest of {@code ./chaos}: a gateway and a messaging service are killed behind a real HAProxy. */
class ChaosIT {
    /** Set where everything must be there: in CI nothing may be left out quietly. */
    private static final boolean REQUIRED = Boolean.parseBoolean(System.getenv("CONTINUO_REQUIRE_ALL"));

    @TempDir
    private Path folder;

    @Test
    void whoeverIsKilledBehindTheBalancerNobodyLosesAnything() throws Exception {
        require("haproxy");
        require("redis-server");
        Cluster.Shape shape = new Cluster.Shape(2, 2, 1, "always", 5);
        Path home = Path.of("..").toAbsolutePath().normalize();
        try (Cluster cluster = Cluster.start(home, folder.resolve("cluster"), shape, Network.loopback())) {
            Path logs = folder.resolve("logs");
            new Round(Scenario.BRIEF, logs, "p", System.nanoTime(), 14, 40).play(cluster);
            Checker.Result result = Checker.check(logs);
            assertThat(result.findings()).isEmpty();
            assertThat(result.figures().acknowledged()).isGreaterThan(50);
            assertThat(result.figures().resumed()).isPositive();
        }
    }

    private static void require(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        String what = "There is no " + program + ": the test that kills processes behind a balancer is left out";
        if (!there && REQUIRED) {
            fail(what);
        }
        assumeTrue(there, what);
    }
}
