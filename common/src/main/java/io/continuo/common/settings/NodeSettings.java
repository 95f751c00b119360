package io.continuo.common.settings;

import java.nio.file.Path;

/**
 * What concerns the process as a whole.
 *
 * @param dataDir where the one-process mode keeps its Redis data, keys and rich content
 * @param eventLoops event loops for sockets, 1 to 64
 * @param production refuse to start with anything that is fit for development only
 */
public record NodeSettings(Path dataDir, int eventLoops, boolean production) {
    static NodeSettings read(Environment environment) {
        int cores = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64);
        return new NodeSettings(
                Path.of(environment.text("DATA_DIR", "./data")),
                environment.number("EVENT_LOOPS", cores, 1, 64),
                environment
                        .choice("PROFILE", "development", "development", "production")
                        .equals("production"));
    }
}
