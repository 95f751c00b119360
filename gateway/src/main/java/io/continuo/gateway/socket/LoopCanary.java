package io.continuo.gateway.socket;

import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.canary.Canary;
import io.continuo.common.canary.Proof;
import io.continuo.common.model.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * A client of its own on one loop, of no app, that has something sent to itself all the time: by request, outbox,
 * history and delivery, as everything is sent. Each loop has one, since each has an address and registrations of its own
 * that may get lost. It goes through another partition each time: who owns one may be away for a moment, and that is not
 * for a gateway to repair. Belongs to one event loop.
 */
final class LoopCanary implements Canary.Keeper {
    private final Loop loop;
    private final String user;
    private final int partitions;
    private final Canary canary;
    private long attachments;
    private boolean attached;
    private boolean attaching;
    private boolean accepted;

    LoopCanary(Loop loop, Vertx vertx, int partitions, Proof proof) {
        this.loop = loop;
        user = UserId.canary(loop.address());
        this.partitions = partitions;
        canary = proof.canary(vertx, this);
    }

    Canary canary() {
        return canary;
    }

    /** Stops, and leaves nothing behind that does not fade by itself. */
    Future<?> stop() {
        canary.stop();
        return loop.services().ask(new HistoryRequest.Detach(user, loop.address(), attachments));
    }

    @Override
    public void sing(long number) {
        if (!attached) {
            attach();
        }
        int partition = Math.floorMod(number + user.hashCode(), partitions);
        loop.services()
                .ask(new HistoryRequest.Sing(user, partition, number))
                .onSuccess(reply -> accepted = !(reply instanceof Reply.Failure));
    }

    /** Where songs are not even taken, the services are at fault, and not the way back to this loop. */
    @Override
    public void repair() {
        doubt();
        if (accepted) {
            loop.listenAnew();
        }
    }

    /** It may no longer be known that this client is here. */
    void doubt() {
        attached = false;
    }

    @Override
    public void recovered() {
        loop.attachAnew();
    }

    private void attach() {
        if (attaching) {
            return;
        }
        attaching = true;
        loop.services()
                .ask(new HistoryRequest.Attach(
                        user, "canary", System.currentTimeMillis(), loop.address(), ++attachments, null))
                .onSuccess(reply -> {
                    attaching = false;
                    attached = reply instanceof Reply.Attached;
                });
    }
}
