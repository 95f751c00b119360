package io.continuo.load.scenario;

import io.continuo.load.figure.Report;
import io.continuo.load.server.Server;
import io.continuo.load.wire.LoadLoop;
import java.time.Duration;

/**
 * What a scenario works with.
 *
 * @param quick smaller and shorter: to see that it works, not for figures
 * @param profiled also say where the time goes
 */
public record Bed(Server server, LoadLoop loop, Report report, boolean quick, boolean profiled) {

    /** How long the code gets to become fast. */
    Duration warmUp() {
        return Duration.ofSeconds(quick ? 3 : 15);
    }

    /** How long is measured. */
    Duration measured() {
        return Duration.ofSeconds(quick ? 3 : 10);
    }

    int scaled(int count) {
        return quick ? count / 5 : count;
    }
}
