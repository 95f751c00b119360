package io.continuo.messaging.conversation;

import io.continuo.common.model.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A channel's name as a claim that only one channel of an app can hold (protocol/layer.md §7.5). */
final class ChannelName {
    private ChannelName() {}

    /**
     * Equal for equal names in the app of {@code user}, and practically never else; never that of some participants.
     *
     * @see Participants#digest
     */
    static String digest(String user, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String named = "channel" + UserId.SEPARATOR + UserId.app(user) + UserId.SEPARATOR + name;
            return HexFormat.of().formatHex(digest.digest(named.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
