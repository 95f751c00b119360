package io.continuo.gateway.dialect;

import io.continuo.common.model.LayerId;
import org.jspecify.annotations.Nullable;

/** Reads a channel's name (protocol/layer.md §10.7). */
final class ChannelNameReader {
    private static final int LONGEST = 256;

    private ChannelNameReader() {}

    /** Any text but a UUID, so that a name is never taken for an id. */
    static String read(@Nullable Object given) {
        if (given == null) {
            throw BadRequest.missing("name");
        }
        if (!(given instanceof String name) || name.isBlank() || name.length() > LONGEST) {
            throw BadRequest.invalid("name", "name must be a text of 1 to " + LONGEST + " characters.");
        }
        if (LayerId.uuid("channels", name).isPresent()) {
            throw BadRequest.invalid("name", "name must not be a UUID.");
        }
        return name;
    }
}
