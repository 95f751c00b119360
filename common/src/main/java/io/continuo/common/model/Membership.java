package io.continuo.common.model;

/**
 * That somebody is a member of a channel (protocol/layer.md §10.7).
 *
 * @param channelId of {@link ContainerId}
 * @param joinedAt milliseconds since the epoch
 */
public record Membership(String channelId, Person person, MemberRole role, long joinedAt) {}
