package io.continuo.common.model;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Layer's object ids, {@code layer:///<type>/<uuid>} (protocol/layer.md §2). Inside Continuo only the last part lives. */
public final class LayerId {
    private static final String SCHEME = "layer:///";
    private static final String MEMBERS = "/members/";
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private LayerId() {}

    public static String conversation(String uuid) {
        return SCHEME + "conversations/" + uuid;
    }

    /** @param id of {@link ContainerId} */
    public static String container(String id) {
        return ContainerId.isChannel(id) ? SCHEME + "channels/" + ContainerId.uuid(id) : conversation(id);
    }

    /** A member of a channel. */
    public static String membership(String channelId, String userId) {
        return container(channelId) + MEMBERS + encode(UserId.given(userId));
    }

    public static String message(String uuid) {
        return SCHEME + "messages/" + uuid;
    }

    public static String announcement(String uuid) {
        return SCHEME + "announcements/" + uuid;
    }

    public static String content(String uuid) {
        return SCHEME + "content/" + uuid;
    }

    public static String webhook(String appUuid, String uuid) {
        return SCHEME + "apps/" + appUuid + "/webhooks/" + uuid;
    }

    public static String identity(String userId) {
        return SCHEME + "identities/" + encode(UserId.given(userId));
    }

    /** A new random UUID in Layer's spelling. */
    public static String newUuid() {
        return UUID.randomUUID().toString();
    }

    /** The bare UUID of an id given as a full URI of {@code type} or as a bare UUID; empty when it is neither. */
    public static Optional<String> uuid(String type, String id) {
        String prefix = SCHEME + type + "/";
        String bare = (id.startsWith(prefix) ? id.substring(prefix.length()) : id).toLowerCase(java.util.Locale.ROOT);
        return UUID_FORM.matcher(bare).matches() ? Optional.of(bare) : Optional.empty();
    }

    /**
     * A conversation or a channel given as a full URI; a bare UUID names a conversation. Empty when it is neither.
     *
     * @return an id of {@link ContainerId}
     */
    public static Optional<String> containerId(String id) {
        Optional<String> channel = id.startsWith(SCHEME + "channels/") ? uuid("channels", id) : Optional.empty();
        return channel.map(ContainerId::channel).or(() -> uuid("conversations", id));
    }

    /** The user id in an identity's id, or the string itself when it is not one: clients send both (§7.2, §11). */
    public static String userId(String identityOrUser) {
        String prefix = SCHEME + "identities/";
        return identityOrUser.startsWith(prefix) ? decode(identityOrUser.substring(prefix.length())) : identityOrUser;
    }

    /** The user id in a membership's id, or in what {@link #userId} reads. */
    public static String memberUserId(String membershipOrUser) {
        int members = membershipOrUser.startsWith(SCHEME) ? membershipOrUser.indexOf(MEMBERS) : -1;
        return members < 0 ? userId(membershipOrUser) : decode(membershipOrUser.substring(members + MEMBERS.length()));
    }

    /** Percent-encodes as the later SDKs do: {@code ! ~ ' ( )} too, but not {@code *} (§2). */
    public static String encode(String userId) {
        return URLEncoder.encode(userId, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("~", "%7E");
    }

    /** Undoes {@link #encode}; what is not encoded well stays as it is. */
    public static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }
}
