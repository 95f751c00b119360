package io.continuo.gateway.atmosphere.navixy;

import io.continuo.gateway.atmosphere.visit.Application;
import io.continuo.gateway.login.HashOutcome;
import io.continuo.gateway.login.Hashes;
import io.continuo.gateway.socket.frame.CloseCode;
import io.continuo.gateway.subject.Interest.Kind;
import io.continuo.gateway.subject.Outcome;
import io.continuo.gateway.subject.SubjectFeed;
import io.continuo.gateway.subject.SubjectStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One client's event subscriptions (protocol/atmosphere.md §6). Nothing is authenticated at first: each message bears a
 * hash. What was subscribed to goes on by itself when the client comes back. Belongs to one event loop.
 */
public final class Navixy implements Application {
    /** Messages in a row that cannot be understood. */
    private static final int MOST_MALFORMED = 1_000;
    /** By which a client subscribes over one connection. */
    private static final int MOST_HASHES = 50;

    private static final int RESUME_AGAIN_MS = 1_000;

    private final Vertx vertx;
    private final SubjectFeed feed;
    private final Hashes hashes;
    private final LayerSide layer;
    private final Texts texts;
    private final Outlet outlet;
    /** By the key of their hash. */
    private final Map<String, Watcher> watchers = new LinkedHashMap<>();

    private int malformed;
    private boolean stopped;

    private Navixy(Vertx vertx, SubjectFeed feed, Hashes hashes, LayerSide layer, Texts texts, Outlet outlet) {
        this.vertx = vertx;
        this.feed = feed;
        this.hashes = hashes;
        this.layer = layer;
        this.texts = texts;
        this.outlet = outlet;
    }

    /** @param wrapsStates whether states of a batch stand in an envelope each */
    public static Starter starter(Vertx vertx, SubjectFeed feed, Hashes hashes, LayerSide layer, boolean wrapsStates) {
        Texts texts = new Texts(Clock.systemUTC(), wrapsStates);
        return (outlet, remembered) -> {
            Navixy started = new Navixy(vertx, feed, hashes, layer, texts, outlet);
            Memory.read(remembered.state(), remembered.cursor()).forEach(started::resume);
            return started;
        };
    }

    @Override
    public Future<?> receive(String message) {
        return switch (RequestReader.read(message)) {
            case RequestReader.Read.Faulty faulty -> {
                if (faulty.fault().code() == Fault.FORMAT.code() && ++malformed > MOST_MALFORMED) {
                    outlet.close(CloseCode.ABUSE);
                } else {
                    outlet.send(Texts.error(faulty.action(), faulty.fault()));
                }
                yield Future.succeededFuture();
            }
            case RequestReader.Read.Understood understood -> {
                Request request = understood.request();
                malformed = 0;
                yield hashes.authenticate(request.hash()).compose(outcome -> execute(request, outcome));
            }
        };
    }

    @Override
    public void drained() {
        List.copyOf(watchers.values()).forEach(Watcher::drained);
    }

    @Override
    public String state() {
        JsonArray all = new JsonArray();
        watchers.values().stream().filter(watcher -> !watcher.isIdle()).forEach(watcher -> all.add(watcher.state()));
        return all.isEmpty() ? "" : all.encode();
    }

    @Override
    public String cursor() {
        JsonObject all = new JsonObject();
        watchers.forEach((key, watcher) -> {
            all.put(key, watcher.cursor());
            watcher.mail().position().ifPresent(position -> all.put(Memory.mailKey(key), position.toString()));
        });
        return all.isEmpty() ? "" : all.encode();
    }

    @Override
    public void stop() {
        stopped = true;
        watchers.values().forEach(Watcher::close);
    }

    private Future<Void> execute(Request request, HashOutcome outcome) {
        if (stopped) {
            return Future.succeededFuture();
        }
        return switch (outcome) {
            case HashOutcome.Refused refused -> {
                fail(request.action(), new Fault(refused.code(), refused.description(), ""));
                yield Future.succeededFuture();
            }
            case HashOutcome.Known known -> {
                if (watchers.size() >= MOST_HASHES && !watchers.containsKey(known.key())) {
                    fail(request.action(), Fault.TOO_MANY);
                    yield Future.succeededFuture();
                }
                yield execute(request, watcher(known)).onComplete(done -> dropIfIdle(known.key()));
            }
        };
    }

    private Future<Void> execute(Request request, Watcher watcher) {
        return switch (request) {
            case Request.Subscribe subscribe -> subscribe(subscribe, watcher);
            case Request.Unsubscribe unsubscribe -> {
                unsubscribe(unsubscribe, watcher);
                yield Future.succeededFuture();
            }
        };
    }

    private Future<Void> subscribe(Request.Subscribe request, Watcher watcher) {
        noteProven();
        Promise<Void> answered = Promise.promise();
        watcher.prepare(request.people())
                .onSuccess(grants -> subscribe(request, watcher, grants, answered))
                .onFailure(failure -> {
                    if (failure instanceof Fault.Thrown refused) {
                        fail(request.action(), refused.fault());
                        answered.complete();
                    } else {
                        answered.fail(failure);
                    }
                });
        return answered.future();
    }

    private void subscribe(
            Request.Subscribe request, Watcher watcher, Map<String, Grant> grants, Promise<Void> answered) {
        watcher.subscribe(request.interests(), outcome -> {
            switch (outcome) {
                case Outcome.Granted granted -> {
                    Map<String, JsonObject> values = new LinkedHashMap<>();
                    grants.forEach((kind, grant) -> values.put(kind, grant.value()));
                    outlet.send(Texts.subscribed(granted.statuses(), values));
                    grants.values().forEach(grant -> grant.begin().run());
                }
                case Outcome.Refused refused -> {
                    fail(request.action(), Fault.of(refused.failure()));
                    grants.values().forEach(grant -> grant.drop().run());
                }
            }
            // The answer comes before the subscription has changed.
            vertx.runOnContext(later -> {
                if (!stopped) {
                    outlet.changed();
                }
                answered.complete();
            });
        });
    }

    private void unsubscribe(Request.Unsubscribe request, Watcher watcher) {
        noteProven();
        try {
            Map<Kind, Map<Long, SubjectStatus>> ended =
                    request.ends().isEmpty() ? Map.of() : watcher.unsubscribe(request.ends());
            watcher.unsubscribe(request.people());
            List<Long> trackers = new ArrayList<>();
            ended.values().forEach(asked -> trackers.addAll(asked.keySet()));
            outlet.send(
                    request.old()
                            ? Texts.formerlyUnsubscribed(List.copyOf(ended.keySet()), trackers)
                            : Texts.unsubscribed(ended, nothingToSay(request.people())));
            outlet.changed();
        } catch (Fault.Thrown wrong) {
            fail(request.action(), wrong.fault());
        }
    }

    private static Map<String, JsonObject> nothingToSay(People of) {
        Map<String, JsonObject> values = new LinkedHashMap<>();
        of.messages().ifPresent(messages -> values.put(People.MESSAGES, new JsonObject()));
        of.presence().ifPresent(presence -> values.put(People.PRESENCE, new JsonObject()));
        return values;
    }

    /** A change makes the outlet forget what was proven, but positions among messages keep their meaning. */
    private void noteProven() {
        String proven = outlet.proven();
        watchers.forEach((key, watcher) -> Memory.mailPosition(proven, key).ifPresent(watcher.mail()::proven));
    }

    private Watcher watcher(HashOutcome.Known known) {
        Watcher there = watchers.get(known.key());
        if (there != null) {
            return there;
        }
        Watcher watcher = new Watcher(vertx, known, outlet, texts, feed, layer);
        watchers.put(known.key(), watcher);
        watcher.atEnd(hashes.watch(known, () -> loggedOut(known.key())));
        return watcher;
    }

    private void dropIfIdle(String key) {
        Watcher watcher = watchers.get(key);
        if (watcher != null && watcher.isIdle()) {
            watchers.remove(key);
            watcher.close();
        }
    }

    /** The hash is worth nothing any more: the client is told, and hears nothing else by it (§6.8). */
    private void loggedOut(String key) {
        Watcher ended = watchers.remove(key);
        if (ended != null && !stopped) {
            noteProven();
            boolean wasWatching = !ended.isIdle();
            ended.close();
            if (wasWatching) {
                outlet.send(Texts.logout());
                outlet.changed();
            }
        }
    }

    private void resume(Memory.Remembered remembered) {
        watcher(remembered.login()).remember(remembered);
        goOn(remembered);
    }

    private void goOn(Memory.Remembered remembered) {
        hashes.lookAgain(remembered.login()).onSuccess(looked -> {
            Watcher watcher = watchers.get(remembered.login().key());
            if (!stopped && watcher != null) {
                watcher.resumePeople();
                if (watcher.isResuming()) {
                    watcher.resume(remembered, failure -> resumeLater(remembered));
                }
            }
        });
    }

    /** Unless the client has subscribed anew meanwhile. */
    private void resumeLater(Memory.Remembered remembered) {
        vertx.setTimer(RESUME_AGAIN_MS, again -> {
            Watcher watcher = watchers.get(remembered.login().key());
            if (!stopped && watcher != null && watcher.isResuming()) {
                goOn(remembered);
            }
        });
    }

    private void fail(String action, Fault fault) {
        outlet.send(Texts.error(action, fault));
    }
}
