package io.continuo.messaging.identity;

import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityField;
import io.continuo.messaging.conversation.StoredJson;
import io.vertx.redis.client.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A profile as Redis keeps it: a hash of what is known, the metadata as JSON. */
final class StoredIdentity {
    static final String DISPLAY_NAME = field(IdentityField.DISPLAY_NAME);
    static final String AVATAR_URL = field(IdentityField.AVATAR_URL);
    private static final String METADATA = "metadata";

    private StoredIdentity() {}

    /** The whole profile; the type is always there, so that a profile is never an empty hash. */
    static Map<String, String> fields(Identity identity) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (IdentityField field : IdentityField.values()) {
            if (!identity.text(field).isEmpty()) {
                fields.put(field(field), identity.text(field));
            }
        }
        if (!identity.metadata().isEmpty()) {
            fields.put(METADATA, StoredJson.text(identity.metadata()));
        }
        return fields;
    }

    /** @param hash as {@code HGETALL} answers it */
    static Identity read(String user, Response hash) {
        return Identity.of(user, field -> text(hash.get(field(field))), StoredJson.map(text(hash.get(METADATA))));
    }

    static String text(@Nullable Response value) {
        return value == null ? "" : value.toString();
    }

    private static String field(IdentityField field) {
        return switch (field) {
            case TYPE -> "type";
            case DISPLAY_NAME -> "displayName";
            case AVATAR_URL -> "avatarUrl";
            case FIRST_NAME -> "firstName";
            case LAST_NAME -> "lastName";
            case PHONE_NUMBER -> "phoneNumber";
            case EMAIL_ADDRESS -> "emailAddress";
            case PUBLIC_KEY -> "publicKey";
        };
    }
}
