package io.continuo.common.settings;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What concerns the process as a whole.
 *
 * @param dataDir where the one-process mode keeps its Redis data, keys and rich content
 * @param eventLoops event loops for sockets, 1 to 64
 * @param canaryLate how long the proof that a node delivers may take before the node counts as not ready
 * @param production refuse to start with anything that is fit for development only
 */
public record NodeSettings(Path dataDir, int eventLoops, Duration canaryLate, boolean production) {
    static NodeSettings read(Environment environment) {
        int cores = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64);
        return new NodeSettings(
                Path.of(environment.text("DATA_DIR", "./data")),
                environment.number("EVENT_LOOPS", cores, 1, 64),
                Duration.ofMillis(environment.number("CANARY_LATE_MS", 5_000, 500, 60_000)),
                environment
                        .choice("PROFILE", "development", "development", "production")
                        .equals("production"));
    }
}
