package io.continuo.gateway.auth;

import io.continuo.common.model.Identity;
import java.time.Duration;

/**
 * What a good identity token says (protocol/layer.md §3.3).
 *
 * @param identity the user's, as far as the provider told
 * @param nonce live, but perhaps spent: the service knows
 * @param longestSession how long the session may live at most, {@link #USUAL} when the provider does not say
 */
public record Login(Identity identity, String nonce, Duration longestSession) {
    /** As long as the app's sessions live. */
    public static final Duration USUAL = Duration.ofDays(366);
}
