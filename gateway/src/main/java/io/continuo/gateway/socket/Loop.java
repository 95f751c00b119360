package io.continuo.gateway.socket;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Listening;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.Standstill;
import io.continuo.common.canary.Proof;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.event.Signal;
import io.continuo.common.settings.LimitSettings;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.auth.Renewals;
import io.continuo.gateway.auth.Session;
import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.metrics.RequestMetrics;
import io.continuo.gateway.socket.feed.Due;
import io.continuo.gateway.socket.feed.Feed;
import io.continuo.gateway.socket.feed.Rendering;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.frame.Timestamps;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.continuo.gateway.socket.metrics.StoreTime;
import io.continuo.gateway.socket.presence.Attendance;
import io.continuo.gateway.socket.presence.Sightings;
import io.continuo.gateway.socket.presence.SignalRendering;
import io.continuo.gateway.socket.presence.TypingDecay;
import io.continuo.gateway.socket.request.Dispatcher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One event loop's sockets: who is connected here, and what the services send to them. All its methods are to be called
 * on that event loop.
 */
public final class Loop {
    private final Vertx vertx;
    private final String address;
    private final ServiceClient services;
    private final Renewals renewals;
    private final SocketMetrics metrics;
    private final RequestMetrics requests;
    private final LimitSettings limits;
    private final int pingSeconds;
    private final Timestamps timestamps = new Timestamps();
    private final StoreTime storeTime = new StoreTime();
    private final Clients clients = new Clients();
    private final Checkup checkup;
    private final Heartbeat heartbeat;
    private final Attendance attendance;
    private final TypingDecay typing;
    private final Reassurance reassurance;
    private final LoopCanary canary;
    private final Listening<GatewayMessage> listening;
    private final Standstill standstill;
    private long attached;
    private boolean draining;

    /** @param address the loop's own on the bus, see {@link Addresses#loop} */
    public Loop(
            Vertx vertx,
            String address,
            ServiceClient services,
            Renewals renewals,
            SocketMetrics metrics,
            RequestMetrics requests,
            Settings settings,
            Proof proof) {
        this.vertx = vertx;
        this.address = address;
        this.services = services;
        this.renewals = renewals;
        this.metrics = metrics;
        this.requests = requests;
        limits = settings.limits();
        pingSeconds = settings.http().pingSeconds();
        canary = new LoopCanary(this, vertx, settings.redis().partitions(), proof);
        listening = new Listening<>(vertx, this::receive);
        checkup = new Checkup(services, metrics, storeTime);
        heartbeat = new Heartbeat(vertx, pingSeconds, checkup::lookAfter);
        attendance = new Attendance(vertx, services, address, Attendance.CHECK_MS);
        typing = new TypingDecay(vertx, TypingDecay.STEP, this::show);
        reassurance = new Reassurance(vertx, clients);
        standstill = Standstill.watch(vertx, () -> clients.forEach(Attachment::caughtUp));
    }

    /**
     * Whether the loop stood still and is reading what came meanwhile. Some of those who asked for something have gone on
     * elsewhere, which shows when their connections are read to the end: nothing is to be done for them until then.
     */
    public boolean isCatchingUp() {
        return standstill.isCatchingUp();
    }

    /** Listens to the services; completes when they can reach it. */
    public Future<Void> start() {
        metrics.connections(Addresses.indexOf(address), clients::size);
        heartbeat.start();
        attendance.start();
        return Future.join(listening.at(address), listening.at(Addresses.GATEWAYS))
                .onSuccess(reachable -> canary.canary().start())
                .mapEmpty();
    }

    /** Registers on the bus once more, in case that others do not know of it any longer. */
    void listenAnew() {
        listening.anew();
    }

    /** Registers all clients once more, some at a time, and brings them what they may have missed. */
    void attachAnew() {
        reassurance.begin();
    }

    /** Listens no more. */
    public Future<Void> stop() {
        heartbeat.stop();
        attendance.stop();
        return canary.stop().eventually(listening::end).mapEmpty();
    }

    /** Closes all sockets at a pace, and takes no new ones; completes when none is left. */
    public Future<Void> drain(DrainPace pace, List<? extends Departing> others) {
        draining = true;
        List<Departing> all = new ArrayList<>(others);
        all.addAll(clients.departing());
        return new Drain(vertx, all, pace).run();
    }

    /** How many connections there are; for any thread. */
    public int connections() {
        return clients.size();
    }

    /** Has so many clients go to another gateway, those that were quiet for longest. */
    public void move(int count, List<? extends Departing> others) {
        List<Departing> all = new ArrayList<>(others);
        all.addAll(clients.departing());
        List<Departing> atRest = all.stream()
                .filter(Departing::isAtRest)
                .sorted(Comparator.comparingLong(Departing::activeAtNs))
                .toList();
        atRest.stream().limit(count).forEach(connection -> {
            metrics.moved();
            connection.retire(CloseCode.REBALANCE);
        });
    }

    boolean isDraining() {
        return draining;
    }

    /** A connection that is still to be opened; what is delivered from now on reaches it. */
    Connection connect(Session session, Dispatcher.Language language) {
        return add(new Connection(this, ++attached, session, language));
    }

    /** A client of another protocol that is to be brought its user's history; that is still to be started. */
    public Reception receive(Session session, Renderer renderer, Reception.Client client) {
        return add(new Reception(this, ++attached, session, renderer, client));
    }

    /** A client of another protocol that is to be shown presence; that is still to be started. */
    public Onlooker look(Session session, Sightings.Sink sink) {
        return add(new Onlooker(this, ++attached, session, sink));
    }

    private <T extends Attachment> T add(T attachment) {
        clients.add(attachment);
        heartbeat.add(attachment);
        return attachment;
    }

    /** Asks the services to deliver what concerns the attachment's user to this loop; its number orders attachments. */
    Future<Reply> attach(Attachment attachment, Optional<Position> since) {
        Session session = attachment.session();
        long askedAt = System.nanoTime();
        return services.ask(new HistoryRequest.Attach(
                        session.user(),
                        session.sessionId(),
                        session.issuedAtMs(),
                        address,
                        attachment.number(),
                        since.orElse(null)))
                .onSuccess(reply -> {
                    if (reply instanceof Reply.Attached attached) {
                        storeTime.told(askedAt, attached.timeMs());
                    }
                });
    }

    /** The attachment has ended. */
    void remove(Attachment attachment) {
        heartbeat.remove(attachment);
        checkup.report(List.of(attachment));
        clients.remove(attachment)
                .ifPresent(newest -> services.ask(new HistoryRequest.Detach(attachment.user(), address, newest)));
    }

    /** Tells where a history ends now. */
    void compareTail(Attachment attachment) {
        checkup.compareTails(List.of(attachment));
    }

    Vertx vertx() {
        return vertx;
    }

    String address() {
        return address;
    }

    /** Names an attachment in the whole cluster. */
    String connectionId(long number) {
        return address + "/" + number;
    }

    ServiceClient services() {
        return services;
    }

    Attendance attendance() {
        return attendance;
    }

    Renewals renewals() {
        return renewals;
    }

    SocketMetrics metrics() {
        return metrics;
    }

    RequestMetrics requests() {
        return requests;
    }

    /** An event that was accepted at that time, by Redis, was just written to a socket. */
    void delivered(long acceptedMs) {
        storeTime.nanosSince(acceptedMs).ifPresent(metrics::delivery);
    }

    LimitSettings limits() {
        return limits;
    }

    int pingSeconds() {
        return pingSeconds;
    }

    Timestamps timestamps() {
        return timestamps;
    }

    private void receive(Message<GatewayMessage> message) {
        switch (message.body()) {
            case GatewayMessage.Deliver deliver -> message.reply(deliver(deliver));
            case GatewayMessage.Nudge nudge -> each(nudge.user(), attachment -> tailIs(attachment, nudge.tail()));
            case GatewayMessage.Relay relay -> relay(relay);
            case GatewayMessage.Relays relays -> {
                relays.relays().forEach(this::relay);
                message.reply(Reply.Done.INSTANCE);
            }
            case GatewayMessage.StoreReturned ignored -> {
                canary.doubt();
                reassurance.begin();
                attendance.doubt();
            }
            case GatewayMessage.DropContent ignored -> {}
            case GatewayMessage.Count ignored -> {}
            case GatewayMessage.EndSession end ->
                clients.forEach(attachment -> {
                    if (attachment.session().sessionId().equals(end.sessionId())) {
                        attachment.close(CloseCode.SESSION_ENDED);
                    }
                });
            case GatewayMessage.SuspendUser suspend ->
                each(suspend.user(), attachment -> attachment.close(CloseCode.USER_SUSPENDED));
            case GatewayMessage.EndSessions end ->
                each(end.user(), attachment -> {
                    if (attachment.session().issuedAtMs() <= end.beganUntilMs()) {
                        attachment.close(CloseCode.SESSION_ENDED);
                    }
                });
        }
    }

    private void relay(GatewayMessage.Relay relay) {
        switch (relay.signal()) {
            case Signal.Typing typed -> typing.take(typed, relay.users());
            case Signal.Presence presence -> show(relay);
        }
    }

    private void show(GatewayMessage.Relay relay) {
        SignalRendering signal = new SignalRendering(relay.signal());
        relay.users().forEach(user -> each(user, attachment -> attachment.signal(signal)));
    }

    private Reply deliver(GatewayMessage.Deliver deliver) {
        for (GatewayMessage.Batch batch : deliver.batches()) {
            if (batch.event() instanceof Event.CanarySang sang) {
                canary.canary().heard(sang.number());
                continue;
            }
            Rendering rendering = new Rendering(batch.event(), batch.acceptedMs(), batch.trace());
            for (GatewayMessage.Recipient recipient : batch.recipients()) {
                Attachment[] attachments = clients.of(recipient.user());
                if (attachments.length == 0) {
                    // A registration that outlived its attachment. Whoever attaches from now on has a higher number.
                    services.ask(new HistoryRequest.Detach(recipient.user(), address, attached));
                    continue;
                }
                Due due = new Due(rendering, recipient.position(), recipient.unread());
                for (Attachment attachment : attachments) {
                    push(attachment, due);
                }
            }
        }
        return Reply.Done.INSTANCE;
    }

    private static void push(Attachment attachment, Due due) {
        Feed feed = attachment.feed();
        if (feed != null) {
            feed.push(due);
        }
    }

    private static void tailIs(Attachment attachment, Position tail) {
        Feed feed = attachment.feed();
        if (feed != null) {
            feed.tailIs(tail);
        }
    }

    private void each(String user, Consumer<Attachment> action) {
        for (Attachment attachment : clients.of(user)) {
            action.accept(attachment);
        }
    }
}
