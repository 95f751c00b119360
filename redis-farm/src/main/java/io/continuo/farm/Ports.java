package io.continuo.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that nobody uses, below those that systems give to outgoing connections: a server that comes back finds
 * its own again.
 */
final class Ports {
    private static final int FIRST = 12_000;
    private static final int END = 32_000;

    private Ports() {}

    /** Held open together, so that they differ. */
    static List<Integer> free(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int tries = 0; sockets.size() < count && tries < END - FIRST; tries++) {
            open(ThreadLocalRandom.current().nextInt(FIRST, END)).ifPresent(sockets::add);
        }
        if (sockets.size() < count) {
            throw new IllegalStateException("There are no " + count + " free ports.");
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        try {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return ports;
    }

    private static Optional<ServerSocket> open(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException taken) {
            return Optional.empty();
        }
    }
}
