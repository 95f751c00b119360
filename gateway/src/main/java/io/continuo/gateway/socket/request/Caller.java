package io.continuo.gateway.socket.request;

import io.continuo.common.event.Position;
import io.continuo.gateway.auth.Renewals.Renewal;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The connection on which a request came, as far as its execution concerns it. */
public interface Caller {
    String user();

    /** Names the connection in the whole cluster. */
    String connectionId();

    /** The bus address of the connection's loop. */
    String loop();

    /** The counter of the packet that was written last (protocol/layer.md §6.1). */
    long counter();

    /** Looks whether the history has gone further than what was written. */
    void compareTail();

    /** Writes everything after {@code position} again; completes when that is done (§6.2). */
    Future<Void> replay(Position position);

    /** From now on changes of others' presence are wanted (§7.6). */
    void subscribeToPresence();

    /**
     * Gives the session, and with it the connection, more time.
     *
     * @param token a session token of the same user to go on with; null for more of what there is
     */
    Future<Renewal> renew(@Nullable String token);

    /** The presence service knows of this connection, and has to be told when it goes. */
    void announced();
}
