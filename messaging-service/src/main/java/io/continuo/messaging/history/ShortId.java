package io.continuo.messaging.history;

import io.continuo.common.model.ContainerId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** The UUID of a {@link ContainerId} in 22 characters instead of 36, for what is stored once per client and event. */
public final class ShortId {
    private ShortId() {}

    public static String of(String containerId) {
        String shortened = shortened(UUID.fromString(ContainerId.uuid(containerId)));
        return ContainerId.isChannel(containerId) ? ContainerId.channel(shortened) : shortened;
    }

    private static String shortened(UUID id) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The id that was shortened. */
    public static String full(String shortId) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(ContainerId.uuid(shortId)));
        String uuid = new UUID(bytes.getLong(), bytes.getLong()).toString();
        return ContainerId.isChannel(shortId) ? ContainerId.channel(uuid) : uuid;
    }
}
