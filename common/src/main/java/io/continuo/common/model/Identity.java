package io.continuo.common.model;

import java.util.Map;

/**
 * A user's full profile (protocol/layer.md §10.1). Text that is not known is empty.
 *
 * @param metadata string keys; values are strings or nested maps of strings
 */
public record Identity(
        Person person,
        String firstName,
        String lastName,
        String phoneNumber,
        String emailAddress,
        String publicKey,
        Map<String, Object> metadata) {

    public Identity {
        metadata = Map.copyOf(metadata);
    }

    /** The profile of a user of whom nothing but the id is known. */
    public static Identity of(String userId) {
        return new Identity(Person.of(userId), "", "", "", "", "", Map.of());
    }
}
