package io.continuo.gateway.socket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Who is here on one event loop. Only {@link #size} may be called from elsewhere. */
final class Clients {
    private static final Attachment[] NONE = {};

    private final Map<String, Client> clients = new HashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    private static final class Client {
        private Attachment[] attachments = NONE;
        /** Number of the client's newest attachment, which may have gone. */
        private long newest;
    }

    /** A client's attachments. The array is never changed. */
    Attachment[] of(String user) {
        Client client = clients.get(user);
        return client == null ? NONE : client.attachments;
    }

    void add(Attachment attachment) {
        Client client = clients.computeIfAbsent(attachment.user(), user -> new Client());
        int count = client.attachments.length;
        client.attachments = Arrays.copyOf(client.attachments, count + 1);
        client.attachments[count] = attachment;
        client.newest = attachment.number();
        count(attachment, 1);
    }

    /** When this was the client's last attachment: the number of its newest one. */
    OptionalLong remove(Attachment attachment) {
        Client client = clients.get(attachment.user());
        if (client == null) {
            return OptionalLong.empty();
        }
        int before = client.attachments.length;
        client.attachments = Arrays.stream(client.attachments)
                .filter(each -> each != attachment)
                .toArray(Attachment[]::new);
        int after = client.attachments.length;
        count(attachment, after - before);
        if (after > 0) {
            return OptionalLong.empty();
        }
        clients.remove(attachment.user());
        return OptionalLong.of(client.newest);
    }

    /** Connections of Layer's protocol; others are counted where they are at home. */
    int size() {
        return size.get();
    }

    /** All attachments at this moment; the action may remove them. */
    void forEach(Consumer<Attachment> action) {
        all().forEach(action);
    }

    /** Those that may be asked to go to another node. */
    List<Departing> departing() {
        List<Departing> departing = new ArrayList<>();
        all().forEach(attachment -> {
            if (attachment instanceof Connection connection) {
                departing.add(connection);
            }
        });
        return departing;
    }

    private List<Attachment> all() {
        return clients.values().stream()
                .flatMap(client -> Arrays.stream(client.attachments))
                .toList();
    }

    private void count(Attachment attachment, int change) {
        if (attachment instanceof Connection) {
            size.addAndGet(change);
        }
    }
}
