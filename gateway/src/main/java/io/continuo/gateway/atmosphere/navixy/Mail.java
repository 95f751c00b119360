package io.continuo.gateway.atmosphere.navixy;

import io.continuo.common.bus.Reply;
import io.continuo.common.event.Position;
import io.continuo.common.event.Verdict;
import io.continuo.gateway.atmosphere.visit.Application;
import io.continuo.gateway.login.HashOutcome;
import io.continuo.gateway.socket.Reception;
import io.continuo.gateway.socket.frame.CloseCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client what a Layer socket of its user is told: messages, receipts, conversations and the rest, out of the user's
 * history and each exactly once on a connection. Belongs to one event loop.
 */
final class Mail implements Reception.Client {
    private static final int AGAIN_MS = 1_000;

    private final Vertx vertx;
    private final LayerSide layer;
    private final HashOutcome.Known login;
    private final Application.Outlet outlet;
    private @Nullable Reception reception;
    /** Up to where the client is known to have everything; null while it does not want any. */
    private @Nullable Position from;
    /** What is asked for last counts. */
    private int attempts;

    Mail(Vertx vertx, LayerSide layer, HashOutcome.Known login, Application.Outlet outlet) {
        this.vertx = vertx;
        this.layer = layer;
        this.login = login;
        this.outlet = outlet;
    }

    /** The client had everything up to {@code position} elsewhere; {@link #resume} goes on there. */
    void remember(Position position) {
        from = position;
    }

    /** Goes on where the client was, as soon as that is possible; unless it has asked for something meanwhile. */
    void resume() {
        if (attempts == 0) {
            attempt();
        }
    }

    private void attempt() {
        Position known = from;
        Reception here = reception;
        if (known == null || (here != null && here.isStarted())) {
            return;
        }
        int attempt = ++attempts;
        Reception opened = opened();
        opened.attach(Optional.of(known)).onSuccess(reply -> {
            if (attempt != attempts) {
                return;
            }
            if (reply instanceof Reply.Attached attached) {
                opened.start(attached);
            } else {
                vertx.setTimer(AGAIN_MS, again -> attemptAgain(attempt));
            }
        });
    }

    private void attemptAgain(int attempt) {
        if (attempt == attempts) {
            attempt();
        }
    }

    /** Fails with a {@link Fault.Thrown}; then the client gets what it got before. */
    Future<Grant> prepare(People.Messages wanted) {
        Optional<Position> there = position();
        if (wanted.since().isEmpty() && there.isPresent()) {
            return Future.succeededFuture(new Grant(value(there.get()), () -> {}, () -> {}));
        }
        int attempt = ++attempts;
        Reception opened = opened();
        return opened.attach(wanted.since()).map(reply -> {
            if (attempt != attempts || opened.isClosed()) {
                throw Fault.ENDED.thrown();
            }
            if (reply instanceof Reply.Attached attached) {
                return new Grant(value(attached.start()), () -> begin(opened, attached), this::drop);
            }
            drop();
            throw LayerSide.refusal(reply);
        });
    }

    private void begin(Reception opened, Reply.Attached attached) {
        from = attached.start();
        opened.start(attached);
    }

    /** Goes on as if nothing had been asked for. */
    private void drop() {
        if (from == null) {
            end();
        } else {
            attempt();
        }
    }

    private Reception opened() {
        Reception here = reception;
        if (here == null) {
            here = layer.loop().receive(LayerSide.session(login), layer.renderer(outlet.base()), this);
            reception = here;
        }
        return here;
    }

    /** Up to where the client is known to have everything; empty while it does not want any. */
    Optional<Position> from() {
        return Optional.ofNullable(from);
    }

    void proven(Position position) {
        if (from != null) {
            from = position;
        }
    }

    /** Up to where everything was given to the outlet; empty while the client does not want any. */
    Optional<Position> position() {
        Reception here = reception;
        return here != null && here.isStarted() ? Optional.of(here.position()) : from();
    }

    void drained() {
        if (reception != null) {
            reception.drained();
        }
    }

    /** The client wants no more. */
    void end() {
        attempts++;
        from = null;
        close();
    }

    /** Nobody is here any more; what is to be remembered stays as it is. */
    void close() {
        attempts++;
        if (reception != null) {
            reception.close();
            reception = null;
        }
    }

    @Override
    public boolean isFull() {
        return outlet.isFull();
    }

    @Override
    public void write(String json) {
        outlet.send(event(json));
    }

    @Override
    public void resumed(Verdict verdict) {
        JsonObject data = new JsonObject()
                .put("verdict", verdict.kind().wire())
                .put("from", verdict.from().toString())
                .put("to", verdict.to().toString());
        outlet.send(event(new JsonObject()
                .put("type", "operation")
                .put("body", new JsonObject().put("method", "Session.resumed").put("data", data))
                .encode()));
    }

    @Override
    public void failed() {
        outlet.close(CloseCode.INTERNAL);
    }

    private static String event(String data) {
        return "{\"type\":\"event\",\"event\":\"" + People.MESSAGES + "\",\"data\":" + data + '}';
    }

    private static JsonObject value(Position position) {
        return new JsonObject().put("position", position.toString());
    }
}
