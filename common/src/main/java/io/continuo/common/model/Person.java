package io.continuo.common.model;

/**
 * What everybody may know of a user: Layer's BasicIdentity (protocol/layer.md §10.1).
 *
 * @param userId the user's id in the app's own system, not percent-encoded
 * @param displayName empty when unknown
 * @param avatarUrl empty when unknown
 */
public record Person(String userId, String displayName, String avatarUrl) {

    /** A user of whom nothing but the id is known. */
    public static Person of(String userId) {
        return new Person(userId, "", "");
    }
}
