package io.continuo.common.model;

import java.util.List;
import java.util.Map;

/** One step of a change to a conversation, as Layer Patch has it (protocol/layer.md §11). */
public sealed interface ConversationChange {

    /**
     * Puts a value into the metadata, and what leads to it.
     *
     * @param path keys from the outside in; empty for the whole metadata
     * @param value a string or a nested map of strings; a map when {@code path} is empty
     */
    record SetMetadata(List<String> path, Object value) implements ConversationChange {
        public SetMetadata {
            path = List.copyOf(path);
            value = value instanceof Map<?, ?> map ? Map.copyOf(map) : value;
        }
    }

    /** Takes a value out of the metadata, if it is there. {@code path} is not empty. */
    record DeleteMetadata(List<String> path) implements ConversationChange {
        public DeleteMetadata {
            path = List.copyOf(path);
        }
    }

    /** Gives a channel another name. */
    record SetName(String name) implements ConversationChange {}

    /** Lets somebody take part. */
    record AddParticipant(Person person) implements ConversationChange {}

    /** Lets somebody take part no longer. */
    record RemoveParticipant(String user) implements ConversationChange {}

    /** Makes exactly these take part; as it is carried out, it becomes additions and removals. */
    record SetParticipants(List<String> users) implements ConversationChange {
        public SetParticipants {
            users = List.copyOf(users);
        }
    }
}
