package io.continuo.gateway.admission;

import io.continuo.common.settings.AdmissionSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Who may come in when, on one event loop: its share of what the settings allow the node. After a cut thousands come back
 * at the same moment; they have a lane of their own and wait in it for their turn, while logins beyond their bound are
 * told to come later. Belongs to one event loop.
 */
public final class Admission {
    /** Whoever logs in would rather be told. */
    private static final Duration LOGIN_PATIENCE = Duration.ofSeconds(2);
    /** Less than what balancers and clients give a handshake. */
    private static final Duration RESUME_PATIENCE = Duration.ofSeconds(20);

    private final Gate logins;
    private final Gate resumes;

    /**
     * @param loop the event loop's address
     * @param loops how many share what a node may take
     */
    public Admission(Vertx vertx, String loop, AdmissionSettings settings, int loops, MeterRegistry meters) {
        logins = new Gate(vertx, loop, "login", lane(settings.logins(), loops, LOGIN_PATIENCE), meters);
        resumes = new Gate(vertx, loop, "resume", lane(settings.resumes(), loops, RESUME_PATIENCE), meters);
    }

    private static Lane<Gate.Entrant<?>> lane(AdmissionSettings.Lane terms, int loops, Duration patience) {
        return new Lane<>(
                (double) terms.perSecond() / loops,
                Math.ceilDiv(terms.atOnce(), loops),
                Math.ceilDiv(terms.waiting(), loops),
                patience);
    }

    /**
     * Does what a login takes when its turn has come.
     *
     * @return what {@code work} ends with, or a failure with {@link Busy}
     */
    public <T> Future<T> login(Supplier<Future<T>> work) {
        return logins.enter(() -> false, work);
    }

    /**
     * The same for a socket that does not resume.
     *
     * @param gone whether whoever waits has gone; then nothing is done, and the future does not end
     */
    public <T> Future<T> login(BooleanSupplier gone, Supplier<Future<T>> work) {
        return logins.enter(gone, work);
    }

    /** The same for a socket that resumes. */
    public <T> Future<T> resume(BooleanSupplier gone, Supplier<Future<T>> work) {
        return resumes.enter(gone, work);
    }
}
