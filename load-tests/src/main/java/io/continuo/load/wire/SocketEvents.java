package io.continuo.load.wire;

/** Hears what becomes of one socket, from its opening to its end; called on the load's event loop. */
public interface SocketEvents {
    /** What {@link #closed} tells of a socket that never opened. */
    int NEVER_OPENED = 0;

    /** What {@link #closed} tells of a socket that ended without a word. */
    int CUT = 1006;

    /**
     * The server has agreed to the upgrade.
     *
     * @param head its answer, status line and headers
     */
    void opened(LoadSocket socket, String head);

    /** {@code packet} is only good during the call. */
    void packet(Packet packet);

    /**
     * The end, once for each socket.
     *
     * @param code of the server's Close frame, {@link #CUT} or {@link #NEVER_OPENED}
     * @param reason the server's words, or what happened
     */
    void closed(int code, String reason);
}
