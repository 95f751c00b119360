package io.continuo.common.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as all its participants see it (protocol/layer.md §10.2).
 *
 * @param id bare UUID
 * @param createdAt milliseconds since the epoch
 * @param metadata string keys; values are strings or nested maps of strings; null when never given
 */
public record Conversation(
        String id,
        long createdAt,
        List<Person> participants,
        boolean distinct,
        @Nullable Map<String, Object> metadata) {

    public Conversation {
        participants = List.copyOf(participants);
        metadata = metadata == null ? null : Map.copyOf(metadata);
    }
}
