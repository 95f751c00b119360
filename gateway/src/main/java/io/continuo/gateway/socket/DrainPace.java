package io.continuo.gateway.socket;

/**
 * How fast a stopping loop closes its sockets: at a set rate, or faster where that would take too long. The last part of
 * the time is for what the last ones still do.
 *
 * @param perSecond above 0
 * @param seconds within which all must be closed
 */
public record DrainPace(double perSecond, int seconds) {
    private static final double PACED = 0.8;

    /** How many of {@code all} are to be closed so many milliseconds after the beginning. */
    int closed(int all, long elapsedMs) {
        double atTheRate = all / perSecond * 1_000;
        double within = Math.min(atTheRate, PACED * limitMs());
        return elapsedMs >= within ? all : (int) Math.ceil(all * (elapsedMs / within));
    }

    /** When there is no more waiting for anything. */
    long limitMs() {
        return seconds * 1_000L;
    }
}
