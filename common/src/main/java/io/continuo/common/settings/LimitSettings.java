package io.continuo.common.settings;

/**
 * What one client may ask of us.
 *
 * @param messageBytes the largest WebSocket message and the largest JSON body, in bytes
 * @param participants people in one conversation
 * @param largeRoom above this many participants a message lists only its sender's status, and receipts reach only the
 *     sender and the reader
 * @param inlineBodyBytes the largest inline body of a part, after decoding
 * @param contentBytes the largest rich content
 */
public record LimitSettings(int messageBytes, int participants, int largeRoom, int inlineBodyBytes, int contentBytes) {

    static LimitSettings read(Environment environment) {
        return new LimitSettings(
                environment.number("MAX_MESSAGE_BYTES", 65_536, 1_024, 16_777_216),
                environment.number("MAX_PARTICIPANTS", 5_000, 2, 1_000_000),
                environment.number("LARGE_ROOM", 25, 2, 1_000),
                environment.number("MAX_INLINE_BODY_BYTES", 2_048, 128, 1_048_576),
                environment.number("MAX_CONTENT_BYTES", 25_000_000, 1_024, 1_000_000_000));
    }
}
