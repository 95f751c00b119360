package io.continuo.gateway.atmosphere.transport;

import io.continuo.gateway.atmosphere.wire.Kind;
import io.continuo.gateway.socket.frame.CloseCode;

/** One socket, or one held request, that brings texts to a client. Belongs to one event loop. */
public sealed interface Transport permits SocketTransport, StreamTransport, PollTransport {

    /** Whom a transport tells what happens to it. */
    interface Listener {
        /** A text of the client, which came this way. */
        void received(String text);

        /** A sign of life. */
        void heard();

        /** There is room again. */
        void drained();

        /** What {@link Transport#ask} has asked for. */
        void proven(long mark);

        /** Nothing goes this way any more. Told once, but not after {@link Transport#close}. */
        void ended(Ending ending);
    }

    /** How a transport came to its end. */
    enum Ending {
        /** A poll was answered; the next one will come. */
        ANSWERED,
        /** The client has gone, or the way to it is broken. */
        LOST
    }

    Kind kind();

    /** Starts to listen; nothing that has come before is missed. */
    void open(Listener listener);

    /** Whether to wait for {@link Listener#drained}, or for another transport, before sending more. */
    boolean isFull();

    /**
     * Sends a text by itself; nothing is joined to it (protocol/atmosphere.md §0, R4).
     *
     * @param trackingId what the client is to come back with
     */
    void greet(String text, String trackingId);

    void send(String text);

    /** Asks for a proof that everything sent so far has arrived, where there is a way to ask for one. */
    default void ask(long mark) {}

    /** Whether the client's texts come this way too; such a client also answers when it is asked. */
    default boolean isDuplex() {
        return false;
    }

    /** Whether the client comes again after each answer, which shows that it has had the last one. */
    default boolean polls() {
        return false;
    }

    /** Takes nothing more from the client until {@link #resume}. */
    default void pause() {}

    default void resume() {}

    /** What the client gets with the end, where it would take an empty answer for a mishap. */
    default void prepare(String padding) {}

    /** Where the client is to come back on another way, the connection goes too, lest it lead here again. */
    void close(CloseCode code);

    /** Whether the client is to go to another node. */
    static boolean sendsAway(CloseCode code) {
        return code == CloseCode.RESTART || code == CloseCode.REBALANCE;
    }
}
