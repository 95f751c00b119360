package io.continuo.common.model;

/**
 * Conversations and channels as Continuo knows them inside: both hold messages and share most of what is done with them.
 * A conversation's id is its bare UUID, a channel's the same with a mark in front, so that an id tells everywhere what it
 * names. On the wire nobody sees the mark.
 */
public final class ContainerId {
    /** No UUID and no short form of one contains it. */
    private static final char CHANNEL = '#';

    private ContainerId() {}

    public static String channel(String uuid) {
        return CHANNEL + uuid;
    }

    public static boolean isChannel(String id) {
        return !id.isEmpty() && id.charAt(0) == CHANNEL;
    }

    /** The bare UUID. */
    public static String uuid(String id) {
        return isChannel(id) ? id.substring(1) : id;
    }
}
