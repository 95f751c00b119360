package io.continuo.gateway.atmosphere.visit;

import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.request.Inbox;
import io.vertx.core.Future;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a visit's client gives its messages to what it has come for, one after another. Belongs to one event loop. */
final class Desk implements Inbox.Desk<String> {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final Visit visit;

    Desk(Visit visit) {
        this.visit = visit;
    }

    @Override
    public boolean isFull() {
        return visit.isBusy();
    }

    @Override
    public Future<?> execute(String message) {
        try {
            return Objects.requireNonNull(visit.application())
                    .receive(message)
                    .onFailure(this::fault)
                    .otherwiseEmpty();
        } catch (RuntimeException fault) {
            fault(fault);
            return Future.succeededFuture();
        }
    }

    @Override
    public void stopReading() {
        visit.reads(false);
    }

    @Override
    public void readOn() {
        visit.reads(true);
    }

    private void fault(Throwable fault) {
        LOG.error("A visit fails", fault);
        visit.close(CloseCode.INTERNAL);
    }
}
