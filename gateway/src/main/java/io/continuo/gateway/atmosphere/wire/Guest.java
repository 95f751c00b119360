package io.continuo.gateway.atmosphere.wire;

/**
 * Whom a request that wants to be sent texts comes from, and how it is to be greeted (protocol/atmosphere.md §0, R3–R7).
 *
 * @param id of the visit; empty for a client that bears no id, whose every connection is a visit of its own
 * @param trackingId what the client calls it
 * @param resumes whether what is remembered under the id belongs to the client
 */
public record Guest(String id, String trackingId, boolean resumes, Greeting greeting) {
    /** The first major version of the clients that were written anew. */
    public static final int FIRST_REWRITTEN = 5;

    /** Before the ids that clients have made themselves; no id of ours begins so. */
    private static final char FOREIGN = '~';

    /** What is sent before anything else. */
    public enum Greeting {
        NONE,
        /** What wakes an older client that has come back, and no client shows. */
        PADDING,
        HELLO
    }

    public static Guest of(Parameters parameters, TrackingIds ids) {
        String given = parameters.trackingId();
        boolean ours = ids.isOurs(given);
        boolean polls = parameters.kind().isPoll();
        boolean rewritten = parameters.major() >= FIRST_REWRITTEN && !polls;
        boolean fresh = given.isEmpty() || (rewritten && !ours);
        if (fresh) {
            String minted = parameters.protocol() ? ids.mint() : "";
            return new Guest(minted, minted, false, parameters.protocol() ? Greeting.HELLO : Greeting.NONE);
        }
        Greeting back = polls ? Greeting.NONE : rewritten && parameters.protocol() ? Greeting.HELLO : Greeting.PADDING;
        return new Guest(idOf(given, ids), given, ours || polls, back);
    }

    /** Whether what the client does is remembered for it: not for one that has made its id itself, unless it polls. */
    public boolean isRemembered() {
        return !id.isEmpty() && (resumes || id.charAt(0) != FOREIGN);
    }

    /** Whether the id was made by a gateway. */
    public boolean isOurs() {
        return !id.isEmpty() && id.charAt(0) != FOREIGN;
    }

    /** The visit that a request without a hold on it, a push or a goodbye, belongs to; empty for none. */
    public static String idOf(Parameters parameters, TrackingIds ids) {
        return parameters.trackingId().isEmpty() ? "" : idOf(parameters.trackingId(), ids);
    }

    private static String idOf(String trackingId, TrackingIds ids) {
        return ids.isOurs(trackingId) ? trackingId : FOREIGN + trackingId;
    }
}
