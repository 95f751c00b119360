package io.continuo.standalone;

import io.continuo.common.node.StartException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that signs session tokens, made once and kept with the data, so that sessions outlive a restart. */
final class SessionSecret {
    private static final int BYTES = 32;

    private SessionSecret() {}

    /** The secret in {@code dataDir}, or a new one; only the owner of the file can read it. */
    static String keep(Path dataDir) {
        Path file = dataDir.resolve("session-secret");
        try {
            Files.createDirectories(dataDir);
            create(file);
            String secret = Files.readString(file).strip();
            if (secret.length() < BYTES) {
                throw new StartException("The session secret in " + file + " is too short; delete the file, and a new"
                        + " one is made. All sessions end.");
            }
            return secret;
        } catch (IOException unusable) {
            throw new StartException("Cannot keep a session secret in " + file + ": " + unusable);
        }
    }

    /** Written beside and then moved: a crash leaves a whole file or none. */
    private static void create(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path fresh = Files.createTempFile(file.getParent(), "session-secret", ".new", ownerOnly);
        try {
            Files.writeString(fresh, HexFormat.of().formatHex(random) + "\n");
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException somebodyWasFaster) {
            // then that one is as good
        } finally {
            Files.delete(fresh);
        }
    }
}
