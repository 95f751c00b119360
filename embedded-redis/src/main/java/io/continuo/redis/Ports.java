package io.continuo.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Ports of 127.0.0.1 that nobody uses. They lie below those that systems give to outgoing connections, so that a server that
 * comes back finds its own again: not even a client that calls it meanwhile can have got it. Safe for all threads.
 */
public final class Ports {
    private static final int FIRST = 12_000;
    private static final int END = 32_000;
    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = new HashSet<>();

    private Ports() {}

    /**
     * One that is free and was not given before by this process.
     *
     * @throws EmbeddedRedisException when none of those tried is
     */
    public static synchronized int free() {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new EmbeddedRedisException("There is no free port between " + FIRST + " and " + END + " on 127.0.0.1.");
    }

    /** As many as that, all different. */
    public static List<Integer> free(int count) {
        return Stream.generate(Ports::free).limit(count).toList();
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
