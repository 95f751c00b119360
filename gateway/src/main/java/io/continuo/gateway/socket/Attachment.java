package io.continuo.gateway.socket;

import io.continuo.gateway.auth.Session;
import io.continuo.gateway.socket.feed.Feed;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.presence.SignalRendering;
import org.jspecify.annotations.Nullable;

/** Whoever is here for a user, so that what concerns the user is sent to this event loop. Belongs to that loop. */
sealed interface Attachment permits Connection, Reception, Onlooker {

    /** Grows with each attachment of the loop. */
    long number();

    Session session();

    default String user() {
        return session().user();
    }

    /** What brings the user's history here; null where nobody wants it. */
    @Nullable Feed feed();

    /** The feed was found to be at the history's end, when that was {@code timeMs}, Redis time. */
    default void proven(long timeMs) {}

    /** The store may have lost what was brought here, or that this is here: finds out. */
    void doubt();

    /** Shows a signal to who wants it, at once or never: nobody misses it. */
    void signal(SignalRendering signal);

    /** Once per interval of the heartbeat. */
    default void beat() {}

    /** The loop stood still, and has read by now what came meanwhile. */
    default void caughtUp() {}

    void close(CloseCode code);

    boolean isClosed();
}
