package io.continuo.standalone.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy whose connections can be made to hang: they stay open, take what they are given, and nothing comes out. */
public final class Swallower implements AutoCloseable {
    private final ServerSocket server;
    private final int to;
    private final List<Way> ways = new CopyOnWriteArrayList<>();

    /** @param to the port of 127.0.0.1 to which it leads */
    public Swallower(int to) throws IOException {
        this.to = to;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many connections are open and do not hang. */
    public int working() {
        return (int) ways.stream().filter(way -> !way.swallows).count();
    }

    /** Makes one connection hang, the one that has worked for the longest; new ones work. */
    public void swallowOne() {
        ways.stream().filter(way -> !way.swallows).findFirst().ifPresent(way -> way.swallows = true);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Way way = new Way(server.accept(), new Socket(InetAddress.getLoopbackAddress(), to));
                ways.add(way);
                Thread.startVirtualThread(() -> carry(way, way.from, way.onward));
                Thread.startVirtualThread(() -> carry(way, way.onward, way.from));
            } catch (IOException closed) {
                // then nobody can connect
            }
        }
    }

    private void carry(Way way, Socket in, Socket out) {
        try (InputStream source = in.getInputStream();
                OutputStream target = out.getOutputStream()) {
            byte[] some = new byte[8_192];
            for (int read = source.read(some); read >= 0; read = source.read(some)) {
                if (!way.swallows) {
                    target.write(some, 0, read);
                }
            }
        } catch (IOException broken) {
            // so is the other half
        } finally {
            if (!way.swallows) {
                ways.remove(way);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Way way : ways) {
                way.from.close();
                way.onward.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Way {
        private final Socket from;
        private final Socket onward;
        private volatile boolean swallows;

        Way(Socket from, Socket onward) {
            this.from = from;
            this.onward = onward;
        }
    }
}
