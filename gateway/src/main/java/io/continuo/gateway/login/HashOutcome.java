package io.continuo.gateway.login;

/** Who comes with a hash. */
public sealed interface HashOutcome {

    /**
     * @param user as called inside, see {@link io.continuo.common.model.UserId}
     * @param key names the hash to us; not a secret
     * @param apiKey whether it outlives logouts and changes of the password
     * @param beganMs when it began, milliseconds since the epoch
     * @param expiresAtMs when it ends by itself, milliseconds since the epoch; {@link Long#MAX_VALUE} for nobody knows
     */
    record Known(String user, String key, boolean apiKey, long beganMs, long expiresAtMs) implements HashOutcome {
        /** Whether it is a session token of ours. */
        public boolean isSession() {
            return expiresAtMs < Long.MAX_VALUE;
        }
    }

    /** @param code an error of Navixy's table (protocol/atmosphere.md §6.6): 3, 4, 8, 11, 276 */
    record Refused(int code, String description) implements HashOutcome {}
}
