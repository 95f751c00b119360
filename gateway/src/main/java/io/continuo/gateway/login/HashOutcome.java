package io.continuo.gateway.login;

/** Who comes with a hash. */
public sealed interface HashOutcome {

    /**
     * @param user as called inside, see {@link io.continuo.common.model.UserId}
     * @param key names the hash to us; not a secret
     * @param apiKey whether it outlives logouts and changes of the password
     */
    record Known(String user, String key, boolean apiKey) implements HashOutcome {}

    /** @param code an error of Navixy's table (protocol/atmosphere.md §6.6): 3, 4, 8, 11, 276 */
    record Refused(int code, String description) implements HashOutcome {}
}
