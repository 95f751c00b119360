package io.continuo.presence.status;

import io.continuo.common.bus.Addresses;
import io.continuo.common.event.PresenceStatus;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that Redis knows of one user's presence.
 *
 * @param version changes whenever a connection comes, speaks or goes
 * @param shown what was made known last, as the user sees it
 * @param seen milliseconds since the epoch; null when never seen
 * @param changed when {@code shown} was made known, milliseconds since the epoch; 0 for never
 * @param now Redis time at which this was read, milliseconds since the epoch
 */
record Standing(
        List<Connection> connections,
        @Nullable PresenceStatus chosen,
        long version,
        PresenceStatus shown,
        @Nullable Long seen,
        long changed,
        long now) {

    /** One connection, what it announced and where it is. */
    record Connection(String id, PresenceStatus status, String loop) {
        String node() {
            return Addresses.nodeOf(loop);
        }
    }

    /** Reads what the scripts answer. */
    static Standing of(Response answer) {
        Map<String, String> fields = new HashMap<>();
        List<Connection> connections = new ArrayList<>();
        Response flat = answer.get(1);
        for (int i = 0; i < flat.size(); i += 2) {
            String name = flat.get(i).toString();
            String value = flat.get(i + 1).toString();
            if (name.startsWith("c:")) {
                int blank = value.indexOf(' ');
                connections.add(new Connection(
                        name.substring(2), status(value.substring(0, blank)), value.substring(blank + 1)));
            } else {
                fields.put(name, value);
            }
        }
        return new Standing(
                connections,
                fields.containsKey("chosen") ? status(fields.get("chosen")) : null,
                number(fields, "version"),
                fields.containsKey("shown") ? status(fields.get("shown")) : PresenceStatus.OFFLINE,
                fields.containsKey("seen") ? Long.valueOf(fields.get("seen")) : null,
                number(fields, "changed"),
                answer.get(0).toLong());
    }

    /**
     * The user's status out of those of all connections to living nodes, as the user sees it: the most present one. Who
     * chose to be invisible is so on all connections.
     */
    PresenceStatus status(Set<String> livingNodes) {
        boolean connected = connections.stream().anyMatch(connection -> livingNodes.contains(connection.node()));
        if (!connected) {
            return PresenceStatus.OFFLINE;
        }
        return chosen == PresenceStatus.INVISIBLE
                ? PresenceStatus.INVISIBLE
                : connections.stream()
                        .filter(connection -> livingNodes.contains(connection.node()))
                        .map(Connection::status)
                        .min((one, other) -> Integer.compare(rank(one), rank(other)))
                        .orElse(PresenceStatus.OFFLINE);
    }

    /** What others see of a status. */
    static PresenceStatus publicly(PresenceStatus status) {
        return status == PresenceStatus.INVISIBLE ? PresenceStatus.OFFLINE : status;
    }

    private static int rank(PresenceStatus status) {
        return switch (status) {
            case AVAILABLE -> 0;
            case BUSY -> 1;
            case AWAY -> 2;
            case INVISIBLE -> 3;
            case OFFLINE -> 4;
        };
    }

    private static PresenceStatus status(@Nullable String word) {
        return PresenceStatus.of(Objects.requireNonNull(word)).orElseThrow();
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }
}
