package io.continuo.gateway.atmosphere.visit;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.VisitMessage;
import io.continuo.common.settings.AtmosphereSettings;
import io.continuo.gateway.admission.Admission;
import io.continuo.gateway.atmosphere.transport.Transport;
import io.continuo.gateway.atmosphere.visit.VisitMetrics.Arrival;
import io.continuo.gateway.atmosphere.wire.Framing;
import io.continuo.gateway.atmosphere.wire.Guest;
import io.continuo.gateway.socket.Departing;
import io.continuo.gateway.socket.frame.CloseCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The visits that are at home on one event loop, and how a client that has come here gets its own from where it was. Only
 * {@link #size} may be called from elsewhere.
 */
public final class Visits {
    private static final int FIND_TRIES = 20;
    private static final int FIND_AGAIN_MS = 50;
    private static final Reply.VisitTaken NOTHING = new Reply.VisitTaken("", "", "", List.of());
    private static final int BEAT_MS = 1_000;
    private static final int CLAIM_AGAIN_MS = 500;
    private static final long TAKEN_WITHIN_MS = 2_000;
    private static final Reply UNKNOWN = Reply.Failure.of(ErrorCode.NOT_FOUND, "The visit is not at home here.");
    private static final Reply TOO_MANY = Reply.Failure.of(ErrorCode.RATE_LIMIT_EXCEEDED, "Too many messages wait.");

    private final Vertx vertx;
    private final String address;
    private final ServiceClient services;
    private final AtmosphereSettings settings;
    private final Admission admission;
    private final Application.Starter starter;
    private final VisitMetrics metrics;
    private final Map<String, Visit> atHome = new HashMap<>();
    private final Set<Visit> all = new LinkedHashSet<>();
    private final AtomicInteger size = new AtomicInteger();
    private @Nullable MessageConsumer<VisitMessage> consumer;
    private long timer;

    /** @param address the loop's own on the bus, see {@link Addresses#loop} */
    public Visits(
            Vertx vertx,
            String address,
            ServiceClient services,
            AtmosphereSettings settings,
            Admission admission,
            Application.Starter starter,
            VisitMetrics metrics) {
        this.vertx = vertx;
        this.address = address;
        this.services = services;
        this.settings = settings;
        this.admission = admission;
        this.starter = starter;
        this.metrics = metrics;
    }

    /** Listens to other loops; completes when they can reach it. */
    public Future<Void> start() {
        timer = vertx.setPeriodic(BEAT_MS, beat -> List.copyOf(all).forEach(Visit::beat));
        consumer = vertx.eventBus().consumer(Addresses.visits(address), this::receive);
        return consumer.completion();
    }

    /** Listens no more. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    /**
     * A client has come.
     *
     * @param base where the URLs of objects start for it
     */
    public void arrive(Guest guest, Framing framing, Transport transport, String base) {
        Visit known = guest.resumes() ? atHome.get(guest.id()) : null;
        if (known != null && known.polls() && transport.polls()) {
            known.nextPoll(transport);
            return;
        }
        Visit visit = new Visit(this, guest, framing, transport.kind(), base);
        metrics.opened(transport.kind());
        all.add(visit);
        size.set(all.size());
        visit.open(transport);
        if (transport.isDuplex() || guest.id().isEmpty()) {
            visit.greet();
        }
        if (guest.id().isEmpty()) {
            metrics.arrived(Arrival.FRESH);
            visit.begin(0, NOTHING);
        } else {
            claim(visit, transport.polls());
        }
    }

    /** A client's message has come by a request of its own; see {@link VisitMessage.PushToVisit} for the answer. */
    public Future<Reply> push(String id, String text) {
        return push(id, text, FIND_TRIES);
    }

    private Future<Reply> push(String id, String text, int tries) {
        Visit known = atHome.get(id);
        if (known != null && !known.isHandedOver()) {
            return Future.succeededFuture(pushed(known, text));
        }
        return services.ask(new PresenceRequest.FindVisit(id)).compose(reply -> switch (reply) {
            case Reply.VisitFound found ->
                (found.home().equals(address)
                                ? Future.<Reply>succeededFuture(UNKNOWN)
                                : services.ask(found.home(), new VisitMessage.PushToVisit(id, text)))
                        .compose(answer -> isUnknown(answer) && tries > 1
                                // It is on its way from one home to another.
                                ? vertx.timer(FIND_AGAIN_MS, TimeUnit.MILLISECONDS)
                                        .compose(later -> push(id, text, tries - 1))
                                : Future.succeededFuture(answer));
            default -> Future.succeededFuture(reply);
        });
    }

    private static Reply pushed(Visit visit, String text) {
        return visit.push(text) ? Reply.Done.INSTANCE : TOO_MANY;
    }

    private static boolean isUnknown(Reply reply) {
        return reply instanceof Reply.Failure failure && failure.code() == ErrorCode.NOT_FOUND;
    }

    /** A client has said that it goes: nothing of its visit is remembered. */
    public void leave(String id) {
        leaveHere(id);
        services.ask(new PresenceRequest.EndVisit(id)).onSuccess(reply -> {
            if (reply instanceof Reply.VisitFound found && !found.home().equals(address)) {
                services.tell(found.home(), new VisitMessage.LeaveVisit(id));
            }
        });
    }

    /** Whether a visit is at home here. */
    public boolean isHere(String id) {
        return atHome.containsKey(id);
    }

    /** All that are here at this moment. */
    public List<Departing> all() {
        return List.copyOf(all);
    }

    /** Clients that are here. */
    public int size() {
        return size.get();
    }

    Application start(Application.Outlet outlet, Application.Remembered remembered) {
        return starter.start(outlet, remembered);
    }

    void remove(Visit visit) {
        all.remove(visit);
        size.set(all.size());
        atHome.remove(visit.guest().id(), visit);
    }

    ServiceClient services() {
        return services;
    }

    String address() {
        return address;
    }

    VisitMetrics metrics() {
        return metrics;
    }

    int lifeSeconds() {
        return settings.sessionSeconds();
    }

    int heartbeatSeconds() {
        return settings.heartbeatSeconds();
    }

    /**
     * Does something to a visit that another loop turns out to have claimed, after the time in which that loop asks for
     * what is known of it here, which may be more than what was kept.
     */
    void unlessTaken(Runnable action) {
        vertx.setTimer(TAKEN_WITHIN_MS, late -> action.run());
    }

    long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    /**
     * Makes this loop the visit's home, when it is the client's turn; without the service, again and again until the client
     * has gone.
     */
    private void claim(Visit visit, boolean polled) {
        String id = visit.guest().id();
        Supplier<Future<Reply>> claim = () -> services.ask(new PresenceRequest.ClaimVisit(id, address, lifeSeconds()));
        Future<Reply> claimed = visit.guest().resumes()
                ? admission.resume(visit::isClosed, claim)
                : admission.login(visit::isClosed, claim);
        claimed.onComplete((reply, busy) -> {
            if (visit.isClosed()) {
                return;
            }
            if (reply instanceof Reply.VisitClaimed known) {
                fetch(visit, known, polled);
            } else {
                vertx.setTimer(CLAIM_AGAIN_MS, again -> claim(visit, polled));
            }
        });
    }

    /** Takes over what the visit's last home knows, which is more than what was kept. */
    private void fetch(Visit visit, Reply.VisitClaimed claimed, boolean polled) {
        Reply.VisitTaken kept = new Reply.VisitTaken(claimed.state(), claimed.cursor(), claimed.cursor(), List.of());
        if (!visit.guest().resumes()) {
            settle(visit, claimed.number(), Arrival.FRESH, NOTHING);
        } else if (claimed.home().isEmpty()) {
            settle(visit, claimed.number(), visit.guest().isOurs() ? Arrival.LOST : Arrival.FRESH, kept);
        } else if (claimed.home().equals(address)) {
            Visit here = atHome.get(visit.guest().id());
            if (here == null) {
                settle(visit, claimed.number(), kept, kept);
            } else {
                here.take(polled, taken -> settle(visit, claimed.number(), taken, kept));
            }
        } else {
            services.ask(
                            claimed.home(),
                            new VisitMessage.TakeVisit(visit.guest().id(), polled))
                    .onSuccess(reply -> settle(visit, claimed.number(), reply, kept));
        }
    }

    /** @param reply what is known of the visit where it was, if anything is */
    private void settle(Visit visit, long number, Reply reply, Reply.VisitTaken kept) {
        if (reply instanceof Reply.VisitTaken taken && taken != kept) {
            settle(visit, number, Arrival.RESUMED, taken);
        } else {
            settle(visit, number, Arrival.RECOVERED, kept);
        }
    }

    private void settle(Visit visit, long number, Arrival how, Reply.VisitTaken taken) {
        Visit other = atHome.get(visit.guest().id());
        if (other != null && other.number() > number) {
            visit.displaced();
        }
        if (visit.isClosed()) {
            return;
        }
        atHome.put(visit.guest().id(), visit);
        if (other != null) {
            other.displaced();
        }
        metrics.arrived(how);
        if (!visit.isDuplex()) {
            visit.greet();
        }
        visit.begin(number, taken);
    }

    private void leaveHere(String id) {
        Visit known = atHome.get(id);
        if (known != null) {
            known.end(CloseCode.LEFT);
        }
    }

    private void receive(Message<VisitMessage> message) {
        Visit known = atHome.get(message.body().id());
        switch (message.body()) {
            case VisitMessage.TakeVisit take -> {
                if (known == null) {
                    message.reply(UNKNOWN);
                } else {
                    known.take(take.polled(), message::reply);
                }
            }
            case VisitMessage.PushToVisit push ->
                message.reply(known == null || known.isHandedOver() ? UNKNOWN : pushed(known, push.text()));
            case VisitMessage.LeaveVisit leave -> {
                leaveHere(leave.id());
                services.ask(new PresenceRequest.EndVisit(leave.id()));
            }
        }
    }
}
