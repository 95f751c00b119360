package io.continuo.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Redis that still runs in a folder whose owner is gone: its watchdog was killed too, or it is still stopping. */
final class Orphan {
    private static final Logger log = LoggerFactory.getLogger(Orphan.class);
    private static final long PATIENCE_SECONDS = 10;

    private Orphan() {}

    /** Ends the Redis that {@code folder} names, if it runs; to be called by the folder's new owner. */
    static void reap(DataFolder folder) {
        find(folder.file("redis.pid"), folder.file("redis.conf")).ifPresent(process -> {
            log.warn("Ending Redis (process {}), left over in {}", process.pid(), folder.path());
            process.destroy();
            if (!ends(process)) {
                process.destroyForcibly();
                ends(process);
            }
        });
    }

    /** The process of the pid file, if it is alive and was started with {@code config}: pids are used again. */
    static Optional<ProcessHandle> find(Path pidFile, Path config) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains(config.toString()))
                            .isPresent());
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static boolean ends(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedRedisException("Interrupted while waiting for the end of Redis", interrupted);
        }
    }
}
