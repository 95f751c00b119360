package io.continuo.gateway.auth;

import io.continuo.common.model.Identity;
import java.time.Duration;

/**
 * What a good identity token says (protocol/layer.md §3.3).
 *
 * @param identity the user's, as far as the provider told
 * @param nonce live, but perhaps spent: the service knows
 * @param sessionTtl how long the session may live
 */
public record Login(Identity identity, String nonce, Duration sessionTtl) {}
