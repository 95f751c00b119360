package io.continuo.gateway.socket;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.bus.HistoryRequest;
import io.continuo.common.bus.Listening;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SessionRequest;
import io.continuo.common.canary.Proof;
import io.continuo.common.event.Event;
import io.continuo.common.event.Position;
import io.continuo.common.event.Signal;
import io.continuo.common.settings.LimitSettings;
import io.continuo.common.settings.Settings;
import io.continuo.gateway.auth.Renewals;
import io.continuo.gateway.auth.Session;
import io.continuo.gateway.metrics.RequestMetrics;
import io.continuo.gateway.socket.feed.Due;
import io.continuo.gateway.socket.feed.Rendering;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.socket.frame.Timestamps;
import io.continuo.gateway.socket.metrics.SocketMetrics;
import io.continuo.gateway.socket.metrics.StoreTime;
import io.continuo.gateway.socket.presence.Attendance;
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
    private static final int USERS_AT_ONCE = 500;

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
    private final Heartbeat heartbeat;
    private final Attendance attendance;
    private final TypingDecay typing;
    private final Reassurance reassurance;
    private final LoopCanary canary;
    private final Listening<GatewayMessage> listening;
    private long connected;
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
        heartbeat = new Heartbeat(vertx, pingSeconds, this::lookAfter);
        attendance = new Attendance(vertx, services, address, Attendance.CHECK_MS);
        typing = new TypingDecay(vertx, TypingDecay.STEP, this::show);
        reassurance = new Reassurance(vertx, clients);
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
        clients.forEach(all::add);
        return new Drain(vertx, all, pace).run();
    }

    /** How many connections there are; for any thread. */
    public int connections() {
        return clients.size();
    }

    /** Has so many clients go to another gateway, those that were quiet for longest. */
    public void move(int count, List<? extends Departing> others) {
        List<Departing> all = new ArrayList<>(others);
        clients.forEach(all::add);
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
        Connection connection = new Connection(this, ++connected, session, language);
        clients.add(connection);
        heartbeat.add(connection);
        return connection;
    }

    /** Asks the services to deliver what concerns the connection's client to this loop; its number orders attachments. */
    Future<Reply> attach(Connection connection, Optional<Position> since) {
        return attach(connection.session(), connection.number(), since);
    }

    private Future<Reply> attach(Session session, long number, Optional<Position> since) {
        long askedAt = System.nanoTime();
        return services.ask(new HistoryRequest.Attach(
                        session.user(), session.sessionId(), session.issuedAtMs(), address, number, since.orElse(null)))
                .onSuccess(reply -> {
                    if (reply instanceof Reply.Attached attached) {
                        storeTime.told(askedAt, attached.timeMs());
                    }
                });
    }

    /** The connection has ended. */
    void remove(Connection connection) {
        heartbeat.remove(connection);
        report(List.of(connection));
        clients.remove(connection)
                .ifPresent(newest -> services.ask(new HistoryRequest.Detach(connection.user(), address, newest)));
    }

    /** What the bus may have failed to tell: where histories end now, and which sessions were ended. */
    private void lookAfter(List<Connection> connections) {
        report(connections);
        compareTails(connections);
        for (int from = 0; from < connections.size(); from += USERS_AT_ONCE) {
            closeEnded(connections.subList(from, Math.min(from + USERS_AT_ONCE, connections.size())));
        }
    }

    /** Tells the clients' ledgers what the connections have brought them. */
    private void report(List<Connection> connections) {
        List<Connection> ahead =
                connections.stream().filter(each -> each.coverage().isNews()).toList();
        for (int from = 0; from < ahead.size(); from += USERS_AT_ONCE) {
            List<Connection> some = ahead.subList(from, Math.min(from + USERS_AT_ONCE, ahead.size()));
            List<HistoryRequest.Progress> progress = some.stream()
                    .map(each -> new HistoryRequest.Progress(
                            each.user(), each.coverage().from(), each.coverage().to()))
                    .toList();
            services.ask(new HistoryRequest.ReportProgress(progress)).onSuccess(reply -> {
                if (reply instanceof Reply.Done) {
                    for (int i = 0; i < some.size(); i++) {
                        some.get(i).coverage().reported(progress.get(i).to());
                    }
                }
            });
        }
    }

    private void closeEnded(List<Connection> connections) {
        List<Session> sessions = connections.stream().map(Connection::session).toList();
        services.ask(new SessionRequest.FindEndedSessions(
                        sessions.stream().map(Session::check).toList()))
                .onSuccess(reply -> {
                    if (reply instanceof Reply.EndedSessions ended) {
                        ended.places().forEach(place -> {
                            Connection connection = connections.get(place);
                            if (connection.session().equals(sessions.get(place))) {
                                connection.close(CloseCode.SESSION_ENDED);
                            }
                        });
                    }
                });
    }

    /** Tells connections where their histories end now. */
    void compareTails(List<Connection> connections) {
        for (int from = 0; from < connections.size(); from += USERS_AT_ONCE) {
            List<Connection> some = connections.subList(from, Math.min(from + USERS_AT_ONCE, connections.size()));
            List<String> users = some.stream().map(Connection::user).toList();
            List<Position> reached = some.stream().map(Connection::reached).toList();
            long askedAt = System.nanoTime();
            services.ask(new HistoryRequest.GetTails(users)).onSuccess(reply -> {
                if (reply instanceof Reply.Tails tails) {
                    storeTime.told(askedAt, tails.timeMs());
                    for (int i = 0; i < some.size(); i++) {
                        some.get(i).tailWas(tails.tails().get(i), reached.get(i), tails.timeMs());
                    }
                }
            });
        }
    }

    Vertx vertx() {
        return vertx;
    }

    String address() {
        return address;
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
            case GatewayMessage.Nudge nudge -> each(nudge.user(), connection -> connection.tailIs(nudge.tail()));
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
                clients.forEach(connection -> {
                    if (connection.session().sessionId().equals(end.sessionId())) {
                        connection.close(CloseCode.SESSION_ENDED);
                    }
                });
            case GatewayMessage.SuspendUser suspend ->
                each(suspend.user(), connection -> connection.close(CloseCode.USER_SUSPENDED));
            case GatewayMessage.EndSessions end ->
                each(end.user(), connection -> {
                    if (connection.session().issuedAtMs() <= end.beganUntilMs()) {
                        connection.close(CloseCode.SESSION_ENDED);
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
        relay.users().forEach(user -> each(user, connection -> connection.signal(signal)));
    }

    private Reply deliver(GatewayMessage.Deliver deliver) {
        for (GatewayMessage.Batch batch : deliver.batches()) {
            if (batch.event() instanceof Event.CanarySang sang) {
                canary.canary().heard(sang.number());
                continue;
            }
            Rendering rendering = new Rendering(batch.event(), batch.acceptedMs(), batch.trace());
            for (GatewayMessage.Recipient recipient : batch.recipients()) {
                Connection[] connections = clients.of(recipient.user());
                if (connections.length == 0) {
                    // A registration that outlived its connection. Whoever attaches from now on has a higher number.
                    services.ask(new HistoryRequest.Detach(recipient.user(), address, connected));
                    continue;
                }
                Due due = new Due(rendering, recipient.position(), recipient.unread());
                for (Connection connection : connections) {
                    connection.push(due);
                }
            }
        }
        return Reply.Done.INSTANCE;
    }

    private void each(String user, Consumer<Connection> action) {
        for (Connection connection : clients.of(user)) {
            action.accept(connection);
        }
    }
}
