package io.continuo.presence.status;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.Signal;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.presence.relay.Barriers;
import io.continuo.presence.relay.Relay;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is there (protocol/layer.md §7.6, §9.2). What connections say is stored first and answered; what follows from it is
 * then made known to the user's own connections and to those who watch the user. Whoever asks is told what was made known,
 * so the two never contradict each other.
 *
 * <p>Threading: belongs to one event loop.
 */
public final class Presence {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final int LOOKS_PER_BATCH = 500;

    private final RedisLink redis;
    private final Standings standings;
    private final Agenda agenda;
    private final NodeIndex index;
    private final Herald herald;
    private final Enrolment enrolment;
    private final Care care;
    private final Warden warden;
    private final Unheard unheard;
    private final Barriers barriers;
    private final Pace pace;
    private boolean stopped;

    public Presence(RedisLink redis, Relay relay, Pace pace) {
        this.redis = redis;
        this.pace = pace;
        standings = new Standings(redis, pace.grace());
        agenda = new Agenda(redis);
        index = new NodeIndex(redis);
        unheard = new Unheard(redis);
        herald = new Herald(redis, standings, relay, unheard);
        enrolment = new Enrolment(redis);
        care = new Care(redis, standings, agenda, herald, enrolment, pace);
        warden = new Warden(redis, index, standings, agenda, care, pace);
        barriers = new Barriers(redis);
    }

    /** To be called, and to be waited for, before anything else. */
    public Future<Void> prepare() {
        return Future.all(List.of(
                        standings.prepare(),
                        agenda.prepare(),
                        index.prepare(),
                        herald.prepare(),
                        unheard.prepare(),
                        enrolment.prepare()))
                .mapEmpty();
    }

    /** From now on looks after what is due, whoever has planned it, and for dead nodes. */
    public void start(Vertx vertx) {
        long tick = pace.tick().toMillis();
        repeat(vertx, tick, this::lookAfterDue);
        repeat(vertx, tick, warden::look);
    }

    /** Leaves what is due, and dead nodes, to others. */
    public void stop() {
        stopped = true;
    }

    /** Completes when the announcement is stored. {@code offline} means {@code invisible}: the SDKs say so (§7.6). */
    public Future<Void> announce(PresenceRequest.Announce request) {
        PresenceStatus status =
                request.status() == PresenceStatus.OFFLINE ? PresenceStatus.INVISIBLE : request.status();
        return come(
                        request.user(),
                        request.connection(),
                        request.loop(),
                        standings.announce(request.user(), request.connection(), request.loop(), status))
                .onSuccess(this::follow)
                .mapEmpty();
    }

    /** Completes when the connection's user stands among the watchers of all whom the user follows. */
    public Future<Void> watch(PresenceRequest.WatchPresence request) {
        return come(
                        request.user(),
                        request.connection(),
                        request.loop(),
                        standings.watch(request.user(), request.connection(), request.loop()))
                .compose(this::takeCare);
    }

    /** Completes when the connection is as good as forgotten. */
    public Future<Void> leave(PresenceRequest.Leave request) {
        String node = Addresses.nodeOf(request.loop());
        return redis.batch(List.of(
                        agenda.plan(Agenda.AGAIN_MS, List.of(request.user())),
                        standings.leave(request.user(), request.connection())))
                .map(answers -> new Done(
                        List.of(Standings.settled(request.user(), answers.get(1))),
                        Standings.number(answers.getFirst())))
                .compose(done ->
                        index.remove(node, List.of(request.connection())).map(done))
                .onSuccess(this::follow)
                .mapEmpty();
    }

    /** Says for how long the loop's node has been known without a break, and what the loop has missed. */
    public Future<Reply.Registered> register(PresenceRequest.Register request) {
        return redis.batch(List.of(
                        index.register(Addresses.nodeOf(request.loop())),
                        unheard.missed(request.loop(), request.caughtUp())))
                .map(answers ->
                        new Reply.Registered(Standings.number(answers.getFirst()), Unheard.read(answers.getLast())));
    }

    /** Completes when all that was said of these connections is stored. */
    public Future<Void> restore(PresenceRequest.Restore request) {
        List<PresenceRequest.Stay> stays = request.stays();
        if (stays.isEmpty()) {
            return Future.succeededFuture();
        }
        String node = Addresses.nodeOf(request.loop());
        List<String> users = stays.stream().map(PresenceRequest.Stay::user).toList();
        List<Request> requests = new ArrayList<>(
                List.of(agenda.plan(Agenda.AGAIN_MS, users.stream().distinct().toList()), index.register(node)));
        stays.forEach(stay -> requests.add(index.add(node, stay.connection(), stay.user())));
        stays.forEach(stay -> requests.add(standings.restore(stay, request.loop())));
        int first = 2 + stays.size();
        return redis.batch(requests)
                .onSuccess(answers -> follow(new Done(
                        IntStream.range(0, stays.size())
                                .mapToObj(i -> Standings.settled(users.get(i), answers.get(first + i)))
                                .toList(),
                        Standings.number(answers.getFirst()))))
                .mapEmpty();
    }

    /** How users are, as the asking user may see it, in the order asked. */
    public Future<List<Signal.Presence>> look(PresenceRequest.Look request) {
        return views(request.users(), request.user(), 0);
    }

    /** How those are whom the user follows and who look different than they did then. */
    public Future<List<Signal.Presence>> lookSince(PresenceRequest.LookSince request) {
        return redis.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.following(request.user()))
                        .arg(0)
                        .arg(-1))
                .compose(followed -> views(
                        Objects.requireNonNull(followed).stream()
                                .map(Response::toString)
                                .toList(),
                        request.user(),
                        request.sinceMs()));
    }

    private Future<List<Signal.Presence>> views(List<String> users, String viewer, long sinceMs) {
        List<Signal.Presence> views = new ArrayList<>();
        Future<Void> done = Future.succeededFuture();
        for (int from = 0; from < users.size(); from += LOOKS_PER_BATCH) {
            List<String> some = users.subList(from, Math.min(from + LOOKS_PER_BATCH, users.size()));
            done = done.compose(before -> addViews(views, some, viewer, sinceMs));
        }
        return done.map(views);
    }

    private Future<Void> addViews(List<Signal.Presence> views, List<String> users, String viewer, long sinceMs) {
        return standings
                .look(users)
                .onSuccess(read -> repair(users, read))
                .map(read -> IntStream.range(0, users.size())
                        .mapToObj(i -> view(users.get(i), viewer, read.get(i)))
                        .filter(view -> view.changedAt() >= sinceMs)
                        .toList())
                .compose(some -> barriers.between(
                                viewer,
                                some.stream().map(Signal.Presence::userId).toList())
                        .map(hidden -> {
                            some.forEach(view -> views.add(hidden.contains(view.userId()) ? stranger(view) : view));
                            return null;
                        }));
    }

    /** Who is hidden from a viewer looks as if they had never been there. */
    private static Signal.Presence stranger(Signal.Presence view) {
        return new Signal.Presence(view.userId(), PresenceStatus.OFFLINE, null, 0);
    }

    private static Signal.Presence view(String user, String viewer, Standing standing) {
        return user.equals(viewer) ? standing.own(user) : standing.open(user);
    }

    /** A connection to a node that nobody looks after would be there for ever. */
    private void repair(List<String> users, List<Standing> read) {
        Set<String> known = warden.registered();
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            String user = users.get(i);
            read.get(i).connections().forEach((connection, loop) -> {
                String node = Addresses.nodeOf(loop);
                if (!known.contains(node)) {
                    requests.add(index.register(node));
                    requests.add(index.add(node, connection, user));
                }
            });
        }
        if (!requests.isEmpty()) {
            redis.batch(requests).onFailure(Presence::unknown);
        }
    }

    /** Something was done to users, who had been planned for a time in case that we do not get through. */
    private record Done(List<Standings.Settled> settled, long planned) {}

    /** A connection is there from now on, and says something. */
    private Future<Done> come(String user, String connection, String loop, Request says) {
        String node = Addresses.nodeOf(loop);
        return redis.batch(List.of(
                        agenda.plan(Agenda.AGAIN_MS, List.of(user)),
                        index.register(node),
                        index.add(node, connection, user),
                        says))
                .map(answers -> new Done(
                        List.of(Standings.settled(user, answers.get(3))), Standings.number(answers.getFirst())));
    }

    private Future<Void> takeCare(Done done) {
        return care.takeCare(done.settled(), done.planned());
    }

    private void follow(Done done) {
        takeCare(done).onFailure(Presence::unknown);
    }

    private static void unknown(Throwable failure) {
        log.warn("A change of presence was not made known yet: {}", failure.getMessage());
    }

    private Future<Void> lookAfterDue() {
        return care.lookAfterDue().compose(more -> more ? lookAfterDue() : Future.succeededFuture());
    }

    /** Each time after the last one is done; instances do not do it all at once. */
    private void repeat(Vertx vertx, long everyMs, Work work) {
        if (stopped) {
            return;
        }
        vertx.setTimer(
                1 + everyMs / 2 + ThreadLocalRandom.current().nextLong(everyMs),
                fired -> work.start()
                        .onFailure(failure -> log.debug("Presence is not looked after: {}", failure.getMessage()))
                        .onComplete(done -> repeat(vertx, everyMs, work)));
    }

    private interface Work {
        Future<@Nullable Void> start();
    }
}
