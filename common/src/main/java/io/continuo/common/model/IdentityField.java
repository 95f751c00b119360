package io.continuo.common.model;

import java.util.Locale;
import java.util.Optional;

/** The texts of an identity (protocol/layer.md §10.1). The constant's name in lower case is the property's. */
public enum IdentityField {
    TYPE,
    DISPLAY_NAME,
    AVATAR_URL,
    FIRST_NAME,
    LAST_NAME,
    PHONE_NUMBER,
    EMAIL_ADDRESS,
    PUBLIC_KEY;

    /** The name of the property on the wire, such as {@code display_name}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field of a property; empty when it is none. */
    public static Optional<IdentityField> of(String wire) {
        for (IdentityField field : values()) {
            if (field.wire().equals(wire)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
