package io.continuo.common.model;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a device by push (protocol/layer.md §13.10).
 *
 * @param type {@code apns} or {@code gcm}
 * @param deviceId unique to the device
 */
public record PushToken(
        String deviceId,
        String type,
        String token,
        @Nullable String apnsBundleId,
        @Nullable String gcmSenderId,
        @Nullable String iosVersion) {}
