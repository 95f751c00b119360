package io.continuo.gateway.socket.presence;

import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.PresenceStatus;
import io.vertx.core.Future;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What one connection has said of its user's presence. Belongs to one event loop. */
public final class Appearance {
    private final Attendance attendance;
    private final String user;
    private final String connection;
    private final LongConsumer missed;
    private boolean announced;
    private boolean watching;
    private @Nullable PresenceStatus status;
    private Future<?> underWay = Future.succeededFuture();

    Appearance(Attendance attendance, String user, String connection, LongConsumer missed) {
        this.attendance = attendance;
        this.user = user;
        this.connection = connection;
        this.missed = missed;
    }

    /**
     * The connection says how its user is (protocol/layer.md §7.6).
     *
     * @param chosen null for what the user chose last
     */
    public Future<Reply> announce(@Nullable PresenceStatus chosen) {
        announced = true;
        status = chosen;
        return attendance.ask(this, new PresenceRequest.Announce(user, connection, attendance.loop(), chosen));
    }

    /** The connection wants to hear of those whom its user follows; answered when nothing is missed any more. */
    public Future<Reply> watch() {
        watching = true;
        return attendance
                .ask(this, new PresenceRequest.WatchPresence(user, connection, attendance.loop()))
                .onSuccess(reply -> {
                    if (reply instanceof Reply.Failure) {
                        attendance.makeSure(this);
                    }
                });
    }

    public boolean isWatching() {
        return watching;
    }

    /** Changes that are as old as {@code ms}, milliseconds since the epoch, may never have come. */
    void missed(long ms) {
        if (watching) {
            missed.accept(ms);
        }
    }

    /** The connection has ended. */
    public void end() {
        if (announced || watching) {
            attendance.end(this);
        }
    }

    String connection() {
        return connection;
    }

    PresenceRequest.Stay stay() {
        return new PresenceRequest.Stay(user, connection, announced, status, watching);
    }

    PresenceRequest.Leave leave() {
        return new PresenceRequest.Leave(user, connection, attendance.loop());
    }

    /** Something is being said: whatever is said later to another effect has to wait for it. */
    void isUnderWay(Future<?> saying) {
        underWay = Future.join(underWay, saying);
    }

    Future<?> underWay() {
        return underWay;
    }
}
