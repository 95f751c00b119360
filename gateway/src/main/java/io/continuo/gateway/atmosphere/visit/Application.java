package io.continuo.gateway.atmosphere.visit;

import io.continuo.gateway.socket.frame.CloseCode;
import io.vertx.core.Future;

/**
 * What a client has come for: gets its messages, and sends it texts. There is one for each visit that is at home on this
 * event loop; when the client comes to another loop, or comes back later, a new one is started from what was remembered.
 */
public interface Application {

    /** A message of the client, which is no padding; the next one comes when this is answered. Does not fail. */
    Future<?> receive(String message);

    /** There is room for texts: also after the client has come back. */
    void drained();

    /** What is to be remembered, for as long as the client may come back; empty when there is nothing. */
    String state();

    /** Up to where all has been given to the outlet; empty for unknown. To be remembered beside the state. */
    String cursor();

    /** The visit is over here, and nothing more can be sent. */
    void stop();

    /** The way to the client, over whatever it is connected by. */
    interface Outlet {
        /** Whether to wait for {@link Application#drained} before sending what can wait, or can be left out. */
        boolean isFull();

        /**
         * Sends a message, or keeps it until there is room.
         *
         * @param json one JSON value
         */
        void send(String json);

        /** The last {@link Application#cursor} up to which everything is known to have arrived; empty for unknown. */
        String proven();

        /** Where the URLs of objects start for this client, without a trailing slash. */
        String base();

        /** {@link Application#state} has changed, and cursors from before have lost their meaning. */
        void changed();

        /** Ends the connection, for which there must be a reason. */
        void close(CloseCode code);
    }

    /**
     * @param state what the application wanted to know
     * @param cursor from where to go on: up to there the client is known to have everything, or will; empty for unknown
     */
    record Remembered(String state, String cursor) {}

    /** Starts applications. Belongs to one event loop. */
    @FunctionalInterface
    interface Starter {
        /** May send at once. */
        Application start(Outlet outlet, Remembered remembered);
    }
}
