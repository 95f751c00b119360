package io.continuo.presence.status;

import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.Signal;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.RedisLink;
import io.continuo.presence.relay.Barriers;
import io.continuo.presence.relay.Relay;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is there (protocol/layer.md §7.6, §9.2). What connections say is stored first and answered; what follows from it
 * is then made known to the user's own sockets and to those who follow the user.
 */
public final class Presence {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final int LOOKS_PER_BATCH = 500;

    private final RedisLink redis;
    private final Standings standings;
    private final Nodes nodes;
    private final Relay relay;
    private final Barriers barriers;

    public Presence(RedisLink redis, Relay relay) {
        this.redis = redis;
        this.standings = new Standings(redis);
        this.nodes = new Nodes(redis);
        this.relay = relay;
        this.barriers = new Barriers(redis);
    }

    /** To be called, and to be waited for, before anything else. */
    public Future<Void> prepare() {
        return standings.prepare();
    }

    /** Completes when the announcement is stored. {@code offline} means {@code invisible}: the SDKs say so (§7.6). */
    public Future<Void> announce(PresenceRequest.Announce request) {
        PresenceStatus status =
                request.status() == PresenceStatus.OFFLINE ? PresenceStatus.INVISIBLE : request.status();
        return standings
                .announce(request.user(), request.connection(), request.loop(), status)
                .onSuccess(standing -> makeKnown(request.user(), standing))
                .mapEmpty();
    }

    /** Completes when the connection is forgotten. */
    public Future<Void> leave(PresenceRequest.Leave request) {
        return standings
                .leave(request.user(), request.connection())
                .onSuccess(standing -> makeKnown(request.user(), standing))
                .mapEmpty();
    }

    /** How users are, as the asking user may see it, in the order asked. */
    public Future<List<Signal.Presence>> look(PresenceRequest.Look request) {
        return views(request.users(), request.user(), 0);
    }

    /** How those are whom the user follows and who may look different than they did then. */
    public Future<List<Signal.Presence>> lookSince(PresenceRequest.LookSince request) {
        return list(Request.cmd(Command.ZRANGE)
                        .arg(Keys.following(request.user()))
                        .arg(0)
                        .arg(-1))
                .compose(followed -> views(followed, request.user(), request.sinceMs()));
    }

    private Future<List<Signal.Presence>> views(List<String> users, String viewer, long sinceMs) {
        List<Signal.Presence> views = new ArrayList<>(users.size());
        Future<Void> done = Future.succeededFuture();
        for (int from = 0; from < users.size(); from += LOOKS_PER_BATCH) {
            List<String> some = users.subList(from, Math.min(from + LOOKS_PER_BATCH, users.size()));
            done = done.compose(before -> addViews(views, some, viewer, sinceMs));
        }
        return done.map(views);
    }

    private Future<Void> addViews(List<Signal.Presence> views, List<String> users, String viewer, long sinceMs) {
        Future<List<Standing>> standing = standings.look(users);
        Future<Set<String>> hidden = barriers.between(viewer, users);
        return Future.all(standing, hidden)
                .compose(read -> nodes.living(standing.result()))
                .map(living -> {
                    for (int i = 0; i < users.size(); i++) {
                        views.addAll(view(
                                users.get(i),
                                viewer,
                                standing.result().get(i),
                                living,
                                sinceMs,
                                hidden.result().contains(users.get(i))));
                    }
                    return null;
                });
    }

    /** Nothing when the user looks as they did then; who is hidden looks as if they had never been there. */
    private static List<Signal.Presence> view(
            String user, String viewer, Standing standing, Set<String> living, long sinceMs, boolean hidden) {
        PresenceStatus status = standing.status(living);
        if (standing.changed() < sinceMs && status == standing.shown()) {
            return List.of();
        }
        return List.of(
                hidden
                        ? new Signal.Presence(user, PresenceStatus.OFFLINE, null)
                        : view(user, viewer, status, standing.seen()));
    }

    /** Tells the world if the user looks different now. */
    private void makeKnown(String user, Standing standing) {
        nodes.living(List.of(standing))
                .compose(living -> publish(user, standing, living))
                .onFailure(failure -> log.warn("A change of presence was not made known: {}", failure.getMessage()));
    }

    private Future<?> publish(String user, Standing standing, Set<String> living) {
        PresenceStatus status = standing.status(living);
        List<String> dead = standing.connections().stream()
                .filter(connection -> !living.contains(connection.node()))
                .map(Standing.Connection::id)
                .toList();
        if (status == standing.shown() && dead.isEmpty()) {
            return Future.succeededFuture();
        }
        Long seen = isSeen(status) || isSeen(standing.shown()) ? Long.valueOf(standing.now()) : standing.seen();
        return standings
                .publish(user, standing, status, seen, dead)
                .compose(noted -> noted && status != standing.shown()
                        ? push(user, standing.shown(), status, seen)
                        : Future.succeededFuture());
    }

    private Future<?> push(String user, PresenceStatus before, PresenceStatus now, @Nullable Long seen) {
        Future<?> toSelf = tell(relay.find(List.of(user)), view(user, user, now, seen));
        return Standing.publicly(before) == Standing.publicly(now)
                ? toSelf
                : list(Request.cmd(Command.SMEMBERS).arg(Keys.followers(user)))
                        .compose(followers -> tell(
                                relay.find(
                                        followers.stream()
                                                .filter(follower -> !follower.equals(user))
                                                .toList(),
                                        user),
                                view(user, "", now, seen)));
    }

    private Future<?> tell(Future<Relay.Routes> where, Signal.Presence view) {
        return where.onSuccess(routes -> relay.send(view, routes));
    }

    private static Signal.Presence view(String user, String viewer, PresenceStatus status, @Nullable Long seen) {
        return new Signal.Presence(user, user.equals(viewer) ? status : Standing.publicly(status), seen);
    }

    private static boolean isSeen(PresenceStatus status) {
        return Standing.publicly(status) != PresenceStatus.OFFLINE;
    }

    private Future<List<String>> list(Request request) {
        return redis.send(request)
                .map(answer -> answer == null
                        ? List.of()
                        : answer.stream().map(Response::toString).toList());
    }
}
