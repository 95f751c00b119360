package io.continuo.common.settings;

/**
 * How many new clients a gateway takes at a time, and how many it hands over. Those who come back to go on where they were do not stand behind those
 * who are new.
 *
 * @param logins logins by HTTP, and sockets that do not resume
 * @param resumes sockets that resume
 * @param movesPerSecond how many sockets a gateway that has too many hands over to others; 0 for none at all
 */
public record AdmissionSettings(Lane logins, Lane resumes, int movesPerSecond) {

    /**
     * @param perSecond so many are let in at most
     * @param atOnce so many may be on their way in
     * @param waiting so many may wait for their turn
     */
    public record Lane(int perSecond, int atOnce, int waiting) {}

    static AdmissionSettings read(Environment environment) {
        return new AdmissionSettings(
                lane(environment, "LOGINS", new Lane(2_000, 250, 1_000)),
                lane(environment, "RESUMES", new Lane(10_000, 500, 20_000)),
                environment.number("MOVES_PER_SECOND", 20, 0, 100_000));
    }

    private static Lane lane(Environment environment, String name, Lane usual) {
        return new Lane(
                environment.number(name + "_PER_SECOND", usual.perSecond, 1, 1_000_000),
                environment.number(name + "_AT_ONCE", usual.atOnce, 1, 1_000_000),
                environment.number(name + "_WAITING", usual.waiting, 0, 1_000_000));
    }
}
