package io.continuo.common.model;

import org.jspecify.annotations.Nullable;

/**
 * One part of a message: an inline body, or content stored elsewhere (protocol/layer.md §10.4).
 *
 * @param id bare UUID; layer-1.0 and 2.0 show the part's index instead
 * @param mimeType kept byte for byte, attributes included
 * @param body inline text; null when {@code content} is given
 * @param encoding {@code base64}, or null for plain text
 * @param content large content; null when {@code body} is given
 * @param size bytes, after decoding
 * @param updatedAt when it was added or changed, milliseconds since the epoch; null when it is as it was sent
 */
public record Part(
        String id,
        String mimeType,
        @Nullable String body,
        @Nullable String encoding,
        @Nullable Content content,
        long size,
        @Nullable Long updatedAt) {

    /** A part as it is sent. */
    public Part(
            String id,
            String mimeType,
            @Nullable String body,
            @Nullable String encoding,
            @Nullable Content content,
            long size) {
        this(id, mimeType, body, encoding, content, size, null);
    }

    /** The same under another id, changed at another time. */
    public Part as(String otherId, @Nullable Long changedAt) {
        return new Part(otherId, mimeType, body, encoding, content, size, changedAt);
    }
}
