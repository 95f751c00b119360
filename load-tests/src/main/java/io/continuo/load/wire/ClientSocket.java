package io.continuo.load.wire;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Follows counters and positions for a {@link LoadClient} whose sockets are not meant to end by themselves. */
final class ClientSocket implements SocketEvents {
    private final LoadClient client;
    private final PacketListener listener;
    private final CompletableFuture<LoadClient> opened;
    private @Nullable LoadSocket socket;
    private long nextCounter;

    ClientSocket(LoadClient client, PacketListener listener, CompletableFuture<LoadClient> opened) {
        this.client = client;
        this.listener = listener;
        this.opened = opened;
    }

    @Override
    public void opened(LoadSocket open, String head) {
        socket = open;
        client.connected(open);
        opened.complete(client);
    }

    @Override
    public void packet(Packet packet) {
        if (packet.counter() != nextCounter) {
            client.miscount();
        }
        nextCounter = packet.counter() + 1;
        if (packet.hasPosition()) {
            client.continuity().received(packet.positionMs(), packet.positionSeq());
        }
        listener.packet(client, packet);
    }

    @Override
    public void closed(int code, String reason) {
        boolean wasOpen = client.gone(socket);
        String end = "Socket of " + client.user() + " ended with " + code + ": " + reason;
        if (!opened.completeExceptionally(new IllegalStateException(end)) && wasOpen) {
            System.err.println(end);
        }
    }
}
