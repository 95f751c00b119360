package io.continuo.gateway.socket.request;

import io.continuo.common.event.Position;
import io.continuo.gateway.auth.Renewals.Renewal;
import io.continuo.gateway.socket.presence.Appearance;
import io.continuo.gateway.socket.presence.Sightings;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The connection on which a request came, as far as its execution concerns it. */
public interface Caller {
    String user();

    /** The counter of the packet that was written last (protocol/layer.md §6.1). */
    long counter();

    /** Looks whether the history has gone further than what was written. */
    void compareTail();

    /** Writes everything after {@code position} again; completes when that is done (§6.2). */
    Future<Void> replay(Position position);

    /** What the connection says of its user's presence (§7.6). */
    Appearance appearance();

    /** How others are, as the connection is shown it. */
    Sightings sightings();

    /**
     * Gives the session, and with it the connection, more time.
     *
     * @param token a session token of the same user to go on with; null for more of what there is
     */
    Future<Renewal> renew(@Nullable String token);
}
