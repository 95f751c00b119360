package io.continuo.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What an embedded Redis is told at its start.
 *
 * @param fsync when the append-only file is forced to disk: {@code everysec} or {@code no}. A killed Redis loses nothing
 *     either way, a machine without power up to a second, or everything since the system last wrote
 */
record RedisConfig(DataFolder folder, int port, String password, String fsync) {

    /** Writes the file, which holds the password, for our eyes only, and returns it. */
    Path write() {
        Path file = folder.file("redis.conf");
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    Path pidFile() {
        return folder.file("redis.pid");
    }

    /** {@code set-proc-title no} keeps this file's name in the process list, by which an orphan is recognised. */
    private String text() {
        return """
                # Written anew at each start.
                bind 127.0.0.1
                port %d
                requirepass %s
                databases 1
                dir "%s"
                pidfile "%s"
                set-proc-title no
                loglevel warning
                save ""
                appendonly yes
                appendfsync %s
                maxmemory-policy noeviction
                # Most streams hold few short entries; the default of 4096 would make each of them cost 4.3 KB.
                stream-node-max-bytes 1024
                """.formatted(port, password, quoted(folder.path()), quoted(pidFile()), fsync);
    }

    private static String quoted(Path path) {
        return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
