package io.continuo.messaging.history;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** A UUID in 22 characters instead of 36, for what is stored once per client and event. */
public final class ShortId {
    /** Characters of each. */
    public static final int LENGTH = 22;

    private ShortId() {}

    public static String of(String uuid) {
        UUID id = UUID.fromString(uuid);
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static String uuid(String shortId) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(shortId));
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
}
