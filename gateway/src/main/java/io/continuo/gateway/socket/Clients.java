package io.continuo.gateway.socket;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Who is connected on one event loop. Only {@link #size} may be called from elsewhere. */
final class Clients {
    private static final Connection[] NONE = {};

    private final Map<String, Client> clients = new HashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    private static final class Client {
        private Connection[] connections = NONE;
        /** Number of the client's newest connection, which may have gone. */
        private long newest;
    }

    /** A client's connections. The array is never changed. */
    Connection[] of(String user) {
        Client client = clients.get(user);
        return client == null ? NONE : client.connections;
    }

    void add(Connection connection) {
        Client client = clients.computeIfAbsent(connection.user(), user -> new Client());
        int count = client.connections.length;
        client.connections = Arrays.copyOf(client.connections, count + 1);
        client.connections[count] = connection;
        client.newest = connection.number();
        size.incrementAndGet();
    }

    /** When this was the client's last connection: the number of its newest one. */
    OptionalLong remove(Connection connection) {
        Client client = clients.get(connection.user());
        if (client == null) {
            return OptionalLong.empty();
        }
        int before = client.connections.length;
        client.connections = Arrays.stream(client.connections)
                .filter(each -> each != connection)
                .toArray(Connection[]::new);
        int after = client.connections.length;
        size.addAndGet(after - before);
        if (after > 0) {
            return OptionalLong.empty();
        }
        clients.remove(connection.user());
        return OptionalLong.of(client.newest);
    }

    int size() {
        return size.get();
    }

    /** All connections at this moment; the action may remove them. */
    void forEach(Consumer<Connection> action) {
        clients.values().stream()
                .flatMap(client -> Arrays.stream(client.connections))
                .toList()
                .forEach(action);
    }
}
