package io.continuo.common.model;

import java.util.List;

/** A change of whom a user has blocked (protocol/layer.md §14.1). */
public record BlockChange(Kind kind, List<String> users) {
    public BlockChange {
        users = List.copyOf(users);
    }

    /** What is done. */
    public enum Kind {
        ADD,
        REMOVE,
        /** These and nobody else. */
        SET
    }
}
