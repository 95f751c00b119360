package io.continuo.common.canary;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sings about once a second and waits to be heard. While no song has come through for longer than {@link #patience} it
 * counts as silent: then its keeper is asked to repair what can be repaired, at once, and ever more rarely while that
 * does not help.
 *
 * <p>Threading: belongs to one event loop; only {@link #isHeard} may be asked from elsewhere.
 */
public final class Canary {
    private static final long EVERY_MS = 1_000;
    /** At most this often: several songs fit into a patience, so that a single one does not matter. */
    private static final int SONGS_IN_PATIENCE = 4;

    private static final int RAREST_REPAIR = 8;

    private final Vertx vertx;
    private final long patience;
    private final Keeper keeper;
    private final Timer times;
    private final Counter late;
    private final Map<Long, Long> underWay = new HashMap<>();
    private volatile boolean everHeard;
    private volatile long heardAt = System.nanoTime();
    private long number;
    private long repairAt;
    private long repairPause;
    private boolean repaired;
    private long timer = -1;

    /** Whose links the canary tries. */
    public interface Keeper {
        /** Sends a song on its way; where it arrives, {@link Canary#heard} is to be called. */
        void sing(long number);

        /** Nothing is heard: renews whatever may have broken. */
        void repair();

        /** Songs are heard again, after repairs. */
        void recovered();
    }

    /** @param patience within which a song has to be heard */
    public Canary(Vertx vertx, Duration patience, MeterRegistry meters, Keeper keeper) {
        this.vertx = vertx;
        this.patience = patience.toNanos();
        this.keeper = keeper;
        times = Timer.builder("continuo.canary")
                .description("How long canaries take on the way that deliveries take")
                .serviceLevelObjectives(
                        Duration.ofMillis(2),
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(meters);
        late = Counter.builder("continuo.canary.late")
                .description("Canaries that have not arrived in time")
                .register(meters);
    }

    /** Sings the first song. */
    public void start() {
        heardAt = System.nanoTime();
        planRepair(heardAt, patience);
        long every = Math.min(EVERY_MS, TimeUnit.NANOSECONDS.toMillis(patience) / SONGS_IN_PATIENCE);
        timer = vertx.setPeriodic(Math.max(1, every), tick -> look());
        sing();
    }

    public void stop() {
        vertx.cancelTimer(timer);
    }

    /** A song has come through. One that is too late proves nothing. */
    public void heard(long song) {
        Long sungAt = underWay.remove(song);
        if (sungAt == null) {
            return;
        }
        long now = System.nanoTime();
        times.record(now - sungAt, TimeUnit.NANOSECONDS);
        heardAt = now;
        everHeard = true;
        planRepair(now, patience);
        if (repaired) {
            repaired = false;
            keeper.recovered();
        }
    }

    /** Whether the last song came through in time; for any thread. */
    public boolean isHeard() {
        return everHeard && System.nanoTime() - heardAt <= patience;
    }

    private void look() {
        long now = System.nanoTime();
        int before = underWay.size();
        underWay.values().removeIf(sungAt -> now - sungAt > patience);
        late.increment(before - underWay.size());
        if (now - repairAt >= 0) {
            planRepair(now, Math.min(repairPause * 2, RAREST_REPAIR * patience));
            repaired = true;
            keeper.repair();
        }
        sing();
    }

    private void sing() {
        underWay.put(++number, System.nanoTime());
        keeper.sing(number);
    }

    private void planRepair(long now, long pause) {
        repairPause = pause;
        repairAt = now + pause;
    }
}
