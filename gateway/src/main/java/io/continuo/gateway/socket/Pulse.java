package io.continuo.gateway.socket;

import io.vertx.core.buffer.Buffer;

/** Whether there is still somebody at the other end of a socket. Belongs to one event loop. */
final class Pulse {
    static final Buffer PING = Buffer.buffer();

    private static final int DEADLY_SILENCE = 2;

    /** What an interval has shown. */
    enum Finding {
        ALIVE,
        /** Nothing was heard: ask. */
        QUIET,
        /** Nothing was heard for two intervals, though asked. */
        DEAD
    }

    private boolean felt = true;
    private int silent;

    /** There was a sign of life. */
    void felt() {
        felt = true;
    }

    /** @param deaf we did not listen ourselves */
    Finding beat(boolean deaf) {
        silent = felt || deaf ? 0 : silent + 1;
        felt = false;
        return switch (silent) {
            case 0 -> Finding.ALIVE;
            case DEADLY_SILENCE -> Finding.DEAD;
            default -> Finding.QUIET;
        };
    }
}
