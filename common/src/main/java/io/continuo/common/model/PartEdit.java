package io.continuo.common.model;

import org.jspecify.annotations.Nullable;

/**
 * What is to become of one part of a message that was sent (protocol/layer.md §14.1). A part is named by its bare UUID or
 * by its index in decimal digits.
 */
public sealed interface PartEdit {

    /** Puts a part behind the others. Its id must be free. */
    record Add(Part part) implements PartEdit {}

    /** Puts {@code by} in the place of a part, which keeps its id. */
    record Replace(String part, Part by) implements PartEdit {}

    /**
     * Changes what is given.
     *
     * @param body inline text that takes the place of what was there; null leaves it
     * @param encoding of {@code body}: {@code base64}, or null for plain text
     * @param size of {@code body} in bytes, after decoding
     * @param mimeType null leaves it
     */
    record Patch(
            String part,
            @Nullable String body,
            @Nullable String encoding,
            long size,
            @Nullable String mimeType) implements PartEdit {}

    /** Takes a part away. */
    record Remove(String part) implements PartEdit {}
}
