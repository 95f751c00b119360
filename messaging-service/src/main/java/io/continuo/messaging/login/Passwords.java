package io.continuo.messaging.login;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is stored of passwords: {@code <rounds>:<salt>:<hash>}, PBKDF2 with HMAC-SHA512. Making one takes some tenths of a
 * second, so it is done off the event loop, one at a time, and only so many wait.
 *
 * <p>Threading: belongs to one event loop.
 */
final class Passwords {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int MOST_WAITING = 100;
    /** For whom there is no password; nobody can tell by the time it takes. */
    private static final String NOBODY = ":AAAAAAAAAAAAAAAAAAAAAA:AA";

    private final WorkerExecutor worker;
    private final int rounds;
    private final SecureRandom random = new SecureRandom();
    private int waiting;

    /** @param rounds of those that are made from now on */
    Passwords(Vertx vertx, int rounds) {
        this.rounds = rounds;
        worker = vertx.createSharedWorkerExecutor("passwords", 1);
    }

    /** Fails with {@link Busy}. */
    Future<String> stored(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return queued(() -> rounds + ":" + encode(salt) + ":" + encode(hash(password, salt, rounds)));
    }

    /**
     * Whether it is the password; fails with {@link Busy}.
     *
     * @param stored empty when there is none
     */
    Future<Boolean> isRight(String password, Optional<String> stored) {
        String[] parts = stored.orElse(rounds + NOBODY).split(":", -1);
        byte[] salt = Base64.getUrlDecoder().decode(parts[1]);
        byte[] expected = Base64.getUrlDecoder().decode(parts[2]);
        int itsRounds = Integer.parseInt(parts[0]);
        return queued(() -> MessageDigest.isEqual(expected, hash(password, salt, itsRounds)));
    }

    private <T> Future<T> queued(Callable<T> work) {
        if (waiting >= MOST_WAITING) {
            return Future.failedFuture(new Busy());
        }
        waiting++;
        return worker.executeBlocking(work).onComplete(done -> waiting--);
    }

    private static byte[] hash(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            spec.clearPassword();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Too many want to log in at once. */
    static final class Busy extends RuntimeException {
        Busy() {
            super("Too many passwords are being checked", null, false, false);
        }
    }
}
