package io.continuo.common.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel: like a conversation it holds messages, but it is found by its name, everybody in the app may join it, and
 * nobody keeps a list of its members (protocol/layer.md §10.7).
 *
 * @param id of {@link ContainerId}
 * @param name unique in the app
 * @param creator may rename and delete it
 * @param createdAt milliseconds since the epoch
 * @param metadata string keys; values are strings or nested maps of strings; null when never given
 */
public record Channel(
        String id,
        String name,
        String creator,
        long createdAt,
        @Nullable Map<String, Object> metadata) {

    public Channel {
        metadata = metadata == null ? null : Map.copyOf(metadata);
    }

    /** What somebody is in this channel. */
    public MemberRole role(String user) {
        return user.equals(creator) ? MemberRole.OWNER : MemberRole.USER;
    }
}
