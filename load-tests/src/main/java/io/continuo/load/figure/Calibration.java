package io.continuo.load.figure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * What one {@code send} of a small packet costs on this machine now: the floor of any delivery, and the yardstick that
 * makes figures of different machines and moments comparable.
 */
public final class Calibration {
    private static final int BYTES = 230;
    private static final int SOCKETS = 100;
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 1000;

    private Calibration() {}

    /** Microseconds of this thread's CPU per {@code send} of 230 bytes over loopback; takes about a second. */
    public static double sendMicros() throws IOException {
        List<SocketChannel> near = new ArrayList<>();
        List<SocketChannel> far = new ArrayList<>();
        try {
            connect(near, far);
            send(near, far, WARM_UP);
            return send(near, far, ROUNDS) / 1e3 / ((double) ROUNDS * SOCKETS);
        } finally {
            for (SocketChannel channel : near) {
                channel.close();
            }
            for (SocketChannel channel : far) {
                channel.close();
            }
        }
    }

    private static void connect(List<SocketChannel> near, List<SocketChannel> far) throws IOException {
        try (ServerSocketChannel acceptor = ServerSocketChannel.open()) {
            acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SOCKETS);
            for (int i = 0; i < SOCKETS; i++) {
                near.add(SocketChannel.open(acceptor.getLocalAddress()));
                far.add(acceptor.accept());
            }
        }
    }

    private static long send(List<SocketChannel> near, List<SocketChannel> far, int rounds) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ByteBuffer out = ByteBuffer.allocateDirect(BYTES);
        ByteBuffer in = ByteBuffer.allocateDirect(2 * BYTES);
        long spent = 0;
        for (int round = 0; round < rounds; round++) {
            long before = threads.getCurrentThreadCpuTime();
            for (SocketChannel channel : near) {
                channel.write(out.clear());
            }
            spent += threads.getCurrentThreadCpuTime() - before;
            for (SocketChannel channel : far) {
                channel.read(in.clear());
            }
        }
        return spent;
    }
}
