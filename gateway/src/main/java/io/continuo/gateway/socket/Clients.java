package io.continuo.gateway.socket;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Who is connected on one event loop. Only {@link #size} may be called from elsewhere. */
final class Clients {
    private static final Connection[] NONE = {};

    private final Map<String, Connection[]> connections = new HashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    /** A client's connections. The array is never changed. */
    Connection[] of(String user) {
        return connections.getOrDefault(user, NONE);
    }

    void add(Connection connection) {
        Connection[] before = of(connection.user());
        Connection[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = connection;
        connections.put(connection.user(), after);
        size.setPlain(size.getPlain() + 1);
    }

    /** Does nothing when the connection is not there. */
    void remove(Connection connection) {
        Connection[] before = of(connection.user());
        Connection[] after =
                Arrays.stream(before).filter(each -> each != connection).toArray(Connection[]::new);
        size.setPlain(size.getPlain() - before.length + after.length);
        if (after.length == 0) {
            connections.remove(connection.user());
        } else {
            connections.put(connection.user(), after);
        }
    }

    int size() {
        return size.get();
    }

    /** All connections at this moment; the action may remove them. */
    void forEach(Consumer<Connection> action) {
        connections.values().stream().flatMap(Arrays::stream).toList().forEach(action);
    }
}
