package io.continuo.messaging.conversation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedSet;

/** The people of a distinct conversation, as one short word. */
final class Participants {
    private Participants() {}

    /** Equal for equal sets of people, and practically never else. */
    static String digest(SortedSet<String> people) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String person : people) {
                byte[] name = person.getBytes(StandardCharsets.UTF_8);
                digest.update((name.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(name);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
