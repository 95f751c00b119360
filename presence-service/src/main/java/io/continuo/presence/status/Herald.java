package io.continuo.presence.status;

import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.event.Signal;
import io.continuo.common.redis.Keys;
import io.continuo.common.redis.Loops;
import io.continuo.common.redis.RedisLink;
import io.continuo.common.redis.Script;
import io.continuo.presence.relay.Relay;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells of changes: to the user's own connections, and to whoever watches the user and may. What is to be told while
 * others are being told goes out together afterwards, in one message per gateway loop. It costs a look at those who watch,
 * however many follow.
 *
 * <p>Threading: belongs to one event loop.
 */
final class Herald {
    private static final int CHANGES_AT_ONCE = 500;
    private static final int LOOKS_AT_ONCE = 500;
    private static final Script WATCHERS = Script.load(Herald.class, "watchers.lua");
    private static final Script WATCHER = Script.load(Herald.class, "watcher.lua");

    private final RedisLink redis;
    private final Standings standings;
    private final Relay relay;
    private final Unheard unheard;
    private final List<Standings.Settled> waiting = new ArrayList<>();
    private Promise<Void> toldWaiting = Promise.promise();
    private boolean telling;

    Herald(RedisLink redis, Standings standings, Relay relay, Unheard unheard) {
        this.redis = redis;
        this.standings = standings;
        this.relay = relay;
        this.unheard = unheard;
    }

    Future<Void> prepare() {
        return redis.prepare(WATCHERS, WATCHER);
    }

    /** Completes when everybody has been told of what is news in these, and that is noted. */
    Future<Void> tell(List<Standings.Settled> settled) {
        List<Standings.Settled> news =
                settled.stream().filter(one -> one.standing().isNews()).toList();
        if (news.isEmpty()) {
            return Future.succeededFuture();
        }
        waiting.addAll(news);
        Future<Void> told = toldWaiting.future();
        next();
        return told;
    }

    private void next() {
        if (telling || waiting.isEmpty()) {
            return;
        }
        telling = true;
        List<Standings.Settled> all = List.copyOf(waiting);
        Promise<Void> told = toldWaiting;
        waiting.clear();
        toldWaiting = Promise.promise();
        tellAll(all, 0)
                .onComplete(done -> {
                    telling = false;
                    next();
                })
                .onComplete(told);
    }

    private Future<Void> tellAll(List<Standings.Settled> all, int from) {
        int to = Math.min(from + CHANGES_AT_ONCE, all.size());
        return from == to
                ? Future.succeededFuture()
                : tellSome(all.subList(from, to)).compose(done -> tellAll(all, to));
    }

    private Future<Void> tellSome(List<Standings.Settled> news) {
        List<Standings.Settled> open =
                news.stream().filter(one -> one.standing().isPublicNews()).toList();
        Round round = new Round();
        return Future.all(tellThemselves(news, round), tellWatchers(open, round))
                .compose(found -> {
                    round.signals()
                            .forEach((loop, relays) ->
                                    relay.send(loop, relays).onFailure(failure -> unheard.note(loop, relays)));
                    return redis.batch(news.stream()
                            .map(one ->
                                    standings.told(one.user(), one.standing().changed()))
                            .toList());
                })
                .mapEmpty();
    }

    private Future<Void> tellThemselves(List<Standings.Settled> news, Round round) {
        List<Request> looks = news.stream()
                .map(one ->
                        Request.cmd(Command.HGET).arg(Keys.client(one.user())).arg(Loops.FIELD))
                .toList();
        return redis.batch(looks)
                .onSuccess(answers -> {
                    for (int i = 0; i < answers.size(); i++) {
                        Response loops = answers.get(i);
                        Standings.Settled one = news.get(i);
                        if (loops != null) {
                            round.add(loops.toString(), one.standing().own(one.user()), one.user());
                        }
                    }
                })
                .mapEmpty();
    }

    private Future<Void> tellWatchers(List<Standings.Settled> news, Round round) {
        if (news.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Request> questions = news.stream()
                .map(one -> RedisLink.call(
                        WATCHERS, List.of(Keys.watchers(one.user()), Keys.blocks(one.user())), one.now()))
                .toList();
        return redis.batch(questions).compose(answers -> {
            Map<String, List<Watched>> byWatcher = new LinkedHashMap<>();
            for (int i = 0; i < answers.size(); i++) {
                Response flat = Objects.requireNonNull(answers.get(i));
                for (int at = 0; at < flat.size(); at += 2) {
                    byWatcher
                            .computeIfAbsent(flat.get(at).toString(), first -> new ArrayList<>(1))
                            .add(new Watched(news.get(i), flat.get(at + 1).toLong()));
                }
            }
            return tell(List.copyOf(byWatcher.entrySet()), 0, round);
        });
    }

    private Future<Void> tell(List<Map.Entry<String, List<Watched>>> watchers, int from, Round round) {
        int to = Math.min(from + LOOKS_AT_ONCE, watchers.size());
        if (from == to) {
            return Future.succeededFuture();
        }
        List<Map.Entry<String, List<Watched>>> some = watchers.subList(from, to);
        return redis.batch(some.stream().map(Herald::question).toList())
                .compose(answers -> {
                    List<Request> removals = new ArrayList<>();
                    for (int i = 0; i < answers.size(); i++) {
                        take(some.get(i).getKey(), some.get(i).getValue(), answers.get(i), round, removals);
                    }
                    return removals.isEmpty()
                            ? Future.<List<@Nullable Response>>succeededFuture(List.of())
                            : redis.batch(removals);
                })
                .compose(done -> tell(watchers, to, round));
    }

    private static Request question(Map.Entry<String, List<Watched>> entry) {
        String watcher = entry.getKey();
        return RedisLink.call(
                WATCHER,
                List.of(Keys.client(watcher), Keys.following(watcher), Keys.presence(watcher)),
                entry.getValue().stream().map(one -> one.of().user()).toArray());
    }

    private static void take(
            String watcher, List<Watched> watched, @Nullable Response answer, Round round, List<Request> removals) {
        for (int i = 0; i < watched.size(); i++) {
            Watched one = watched.get(i);
            String user = one.of().user();
            if (answer == null) {
                removals.add(Enrolment.remove(user, watcher, one.lease() + 1));
            } else if (answer.get(1).get(i).toInteger() == 1) {
                round.add(answer.get(0).toString(), one.of().standing().open(user), watcher);
            }
        }
    }

    /** Somebody watched, and until when the watcher stands there. */
    private record Watched(Standings.Settled of, long lease) {}

    /** What goes where. */
    private static final class Round {
        private final Map<String, Map<Signal, List<String>>> byLoop = new HashMap<>();

        void add(String loops, Signal signal, String user) {
            Loops.addresses(loops)
                    .forEach(loop -> byLoop.computeIfAbsent(loop, first -> new LinkedHashMap<>())
                            .computeIfAbsent(signal, first -> new ArrayList<>(1))
                            .add(user));
        }

        Map<String, GatewayMessage.Relays> signals() {
            Map<String, GatewayMessage.Relays> signals = new HashMap<>();
            byLoop.forEach((loop, casts) -> signals.put(
                    loop,
                    new GatewayMessage.Relays(casts.entrySet().stream()
                            .map(cast -> new GatewayMessage.Relay(cast.getKey(), cast.getValue()))
                            .toList())));
            return signals;
        }
    }
}
