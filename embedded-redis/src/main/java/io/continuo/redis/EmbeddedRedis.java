package io.continuo.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis of our own on 127.0.0.1, on a free port and with a random password. It ends when we end, even by
 * {@code kill -9}, and comes back on the same port when it ends before us.
 *
 * <p>All methods block, for some milliseconds up to seconds: they are for mains and tests, never for an event loop. Safe
 * for use by several threads.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final int PORTS_TO_TRY = 5;
    private static final int REVIVAL_DELAY_MS = 200;

    private final DataFolder folder;
    private final RedisBinary binary;
    private final boolean temporary;
    private final String password = randomPassword();
    private RedisConfig config;
    private @Nullable RedisProcess process;

    private EmbeddedRedis(DataFolder folder, RedisBinary binary, boolean temporary) {
        this.folder = folder;
        this.binary = binary;
        this.temporary = temporary;
        this.config = configOnFreePort();
    }

    /**
     * Starts a Redis that keeps its data in {@code dataDir} and goes on from what it finds there.
     *
     * @throws EmbeddedRedisException when another process uses {@code dataDir}, or Redis does not start
     */
    public static EmbeddedRedis start(Path dataDir) {
        DataFolder folder = DataFolder.claim(dataDir);
        try {
            return start(folder, RedisBinary.find(folder.path()), false);
        } catch (RuntimeException failure) {
            folder.close();
            throw failure;
        }
    }

    /** Starts an empty Redis for tests; its data goes with {@link #close}, at the latest when the JVM ends. */
    public static EmbeddedRedis temporary() {
        try {
            DataFolder folder = DataFolder.claim(Files.createTempDirectory("continuo-redis"));
            EmbeddedRedis redis = start(folder, RedisBinary.find(folder.path()), true);
            Runtime.getRuntime().addShutdownHook(new Thread(redis::close, "redis-close"));
            return redis;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    static EmbeddedRedis start(DataFolder folder, RedisBinary binary, boolean temporary) {
        if (binary.major() < 7 && Files.exists(folder.file("appendonlydir"))) {
            throw new EmbeddedRedisException("The data in " + folder.path() + " was written by Redis 7 or later, but "
                    + binary.program() + " is Redis " + binary.major() + ". Install redis-server 7 again.");
        }
        EmbeddedRedis redis = new EmbeddedRedis(folder, binary, temporary);
        redis.startOnFreePort();
        return redis;
    }

    /** {@code redis://:<password>@127.0.0.1:<port>}; stays the same for the life of this object. */
    public synchronized String uri() {
        return "redis://:" + password + "@127.0.0.1:" + config.port();
    }

    Path folder() {
        return folder.path();
    }

    /** Kills Redis without warning, as {@code kill -9} does; it stays away until {@link #restart}. */
    public synchronized void kill() {
        RedisProcess current = process;
        process = null;
        if (current != null) {
            current.kill();
        }
    }

    /** Starts Redis again on the same port with what it had written; stops it before if it runs. */
    public synchronized void restart() {
        halt();
        launch();
    }

    /** Stops Redis, which writes what it holds, and gives the data folder back. */
    @Override
    public synchronized void close() {
        halt();
        if (temporary) {
            folder.delete();
        } else {
            folder.close();
        }
    }

    private void halt() {
        RedisProcess current = process;
        process = null;
        if (current != null) {
            current.stop();
        }
    }

    /** Between our look for a free port and Redis' bind somebody else may take it. */
    private synchronized void startOnFreePort() {
        for (int attempt = 1; process == null; attempt++) {
            try {
                launch();
            } catch (EmbeddedRedisException failure) {
                if (attempt == PORTS_TO_TRY || Ports.isFree(config.port())) {
                    throw failure;
                }
                config = configOnFreePort();
            }
        }
    }

    private void launch() {
        Orphan.reap(folder);
        RedisProcess fresh = RedisProcess.start(binary, config);
        process = fresh;
        fresh.onExit(() -> revive(fresh));
    }

    private synchronized void revive(RedisProcess ended) {
        if (process != ended) {
            return;
        }
        log.error("Redis ended by itself, see {}; starting it again", folder.file("redis.log"));
        try {
            launch();
        } catch (RuntimeException failure) {
            log.error("Redis cannot be started again yet: {}", failure.getMessage());
            CompletableFuture.delayedExecutor(REVIVAL_DELAY_MS, TimeUnit.MILLISECONDS)
                    .execute(() -> revive(ended));
        }
    }

    private RedisConfig configOnFreePort() {
        return new RedisConfig(folder, Ports.free(), password, temporary ? "no" : "everysec");
    }

    private static String randomPassword() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
