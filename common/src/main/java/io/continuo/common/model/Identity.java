package io.continuo.common.model;

import java.util.Map;
import java.util.function.Function;

/**
 * A user's full profile (protocol/layer.md §10.1). Text that is not known is empty.
 *
 * @param metadata string keys; values are strings or nested maps of strings
 */
public record Identity(
        Person person,
        IdentityType type,
        String firstName,
        String lastName,
        String phoneNumber,
        String emailAddress,
        String publicKey,
        Map<String, Object> metadata) {

    public Identity {
        metadata = Map.copyOf(metadata);
    }

    /** The profile of a person, not of a bot. */
    public Identity(
            Person person,
            String firstName,
            String lastName,
            String phoneNumber,
            String emailAddress,
            String publicKey,
            Map<String, Object> metadata) {
        this(person, IdentityType.USER, firstName, lastName, phoneNumber, emailAddress, publicKey, metadata);
    }

    /** The profile of a user of whom nothing but the id is known. */
    public static Identity of(String userId) {
        return new Identity(Person.of(userId), IdentityType.USER, "", "", "", "", "", Map.of());
    }

    /** One of the texts. */
    public String text(IdentityField field) {
        return switch (field) {
            case TYPE -> type.wire();
            case DISPLAY_NAME -> person.displayName();
            case AVATAR_URL -> person.avatarUrl();
            case FIRST_NAME -> firstName;
            case LAST_NAME -> lastName;
            case PHONE_NUMBER -> phoneNumber;
            case EMAIL_ADDRESS -> emailAddress;
            case PUBLIC_KEY -> publicKey;
        };
    }

    /** The same profile with another text. */
    public Identity with(IdentityField field, String text) {
        return of(person.userId(), each -> each == field ? text : text(each), metadata);
    }

    /** The same profile with other metadata. */
    public Identity with(Map<String, Object> other) {
        return of(person.userId(), this::text, other);
    }

    /** A profile of texts; an unknown type is that of a user. */
    public static Identity of(String userId, Function<IdentityField, String> texts, Map<String, Object> metadata) {
        return new Identity(
                new Person(userId, texts.apply(IdentityField.DISPLAY_NAME), texts.apply(IdentityField.AVATAR_URL)),
                IdentityType.of(texts.apply(IdentityField.TYPE)).orElse(IdentityType.USER),
                texts.apply(IdentityField.FIRST_NAME),
                texts.apply(IdentityField.LAST_NAME),
                texts.apply(IdentityField.PHONE_NUMBER),
                texts.apply(IdentityField.EMAIL_ADDRESS),
                texts.apply(IdentityField.PUBLIC_KEY),
                metadata);
    }
}
