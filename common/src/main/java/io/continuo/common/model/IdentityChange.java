package io.continuo.common.model;

import java.util.List;
import java.util.Map;

/** One step of a change to an identity, as Layer Patch has it (protocol/layer.md §8.3, §11). */
public sealed interface IdentityChange {

    /** Sets a text; an empty one is as good as none. */
    record SetField(IdentityField field, String value) implements IdentityChange {}

    /**
     * Puts a value into the metadata, and what leads to it.
     *
     * @param path keys from the outside in; empty for the whole metadata
     * @param value a string or a nested map of strings; a map when {@code path} is empty
     */
    record SetProfileMetadata(List<String> path, Object value) implements IdentityChange {
        public SetProfileMetadata {
            path = List.copyOf(path);
            value = value instanceof Map<?, ?> map ? Map.copyOf(map) : value;
        }
    }

    /** Takes a value out of the metadata, if it is there. {@code path} is not empty. */
    record DeleteProfileMetadata(List<String> path) implements IdentityChange {
        public DeleteProfileMetadata {
            path = List.copyOf(path);
        }
    }
}
