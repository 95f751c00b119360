package io.continuo.common.model;

import org.jspecify.annotations.Nullable;

/**
 * A channel as one user sees it.
 *
 * @param membership of this user; null for who is no member
 */
public record ChannelView(Channel channel, @Nullable Membership membership) {}
