package io.continuo.gateway.socket;

import io.continuo.gateway.socket.frame.CloseCode;

/** Whoever is connected to an event loop and may be asked to go to another node. Belongs to that loop. */
public interface Departing {

    /** Ends the connection as soon as what the client has asked for is done. */
    void retire(CloseCode code);

    /** Ends it now. */
    void close(CloseCode code);

    boolean isClosed();

    /** Whether it may go at this moment and nobody notices. */
    boolean isAtRest();

    /** When the client last asked for something, by {@link System#nanoTime}. */
    long activeAtNs();
}
