package io.continuo.presence.status;

import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.Signal;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that Redis knows of one user's presence. Times are in milliseconds since the epoch, 0 for never.
 *
 * @param connections those that are there, and their gateway loops
 * @param watching whether a connection watches those whom the user follows
 * @param shown how the user is, as the user sees it: the most present that any connection says, except that who chose to
 *     be invisible is so on all of them
 * @param seen null when never seen
 * @param changed when {@code shown} began
 * @param publicChanged when what others see of it began
 * @param told the newest change that everybody was told of
 * @param lease until when the user stands among the watchers of others; empty when the user does not watch
 * @param unwatched since when no connection watches
 */
record Standing(
        Map<String, String> connections,
        boolean watching,
        PresenceStatus shown,
        @Nullable Long seen,
        long changed,
        long publicChanged,
        long told,
        Optional<Long> lease,
        long unwatched) {

    /** Reads the hash, given as a list of fields and values. */
    static Standing of(Response flat) {
        Map<String, String> fields = new HashMap<>();
        Map<String, String> connections = new HashMap<>();
        boolean watching = false;
        for (int i = 0; i < flat.size(); i += 2) {
            String name = flat.get(i).toString();
            String value = flat.get(i + 1).toString();
            if (name.startsWith("c:")) {
                String[] words = value.split(" ", 3);
                if (words.length == 2) {
                    connections.put(name.substring(2), words[1]);
                }
            } else if (name.startsWith("w:")) {
                connections.put(name.substring(2), value);
                watching = true;
            } else {
                fields.put(name, value);
            }
        }
        return new Standing(
                connections,
                watching,
                PresenceStatus.of(fields.getOrDefault("shown", "")).orElse(PresenceStatus.OFFLINE),
                fields.containsKey("seen") ? Long.valueOf(fields.get("seen")) : null,
                number(fields, "changed"),
                number(fields, "public"),
                number(fields, "told"),
                Optional.ofNullable(fields.get("lease")).map(Long::valueOf),
                number(fields, "unwatched"));
    }

    /** Whether somebody is still to be told of a change. */
    boolean isNews() {
        return changed > told;
    }

    /** Whether others than the user are. */
    boolean isPublicNews() {
        return publicChanged > told;
    }

    /** As the user sees it. */
    Signal.Presence own(String user) {
        return new Signal.Presence(user, shown, seen, changed);
    }

    /** As others see it. */
    Signal.Presence open(String user) {
        return new Signal.Presence(
                user, shown == PresenceStatus.INVISIBLE ? PresenceStatus.OFFLINE : shown, seen, publicChanged);
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }
}
