package io.continuo.gateway.atmosphere.navixy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.event.Signal;
import io.continuo.common.model.UserId;
import io.continuo.gateway.atmosphere.visit.Application;
import io.continuo.gateway.dialect.Renderer;
import io.continuo.gateway.login.HashOutcome;
import io.continuo.gateway.socket.Onlooker;
import io.continuo.gateway.socket.presence.Sightings;
import io.continuo.gateway.socket.presence.SignalRendering;
import io.continuo.gateway.subject.SubjectStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a client how people are whom its user follows, and the user. Belongs to one event loop. */
final class Sight implements Sightings.Sink {
    private static final int AGAIN_MS = 1_000;
    /** In one event. */
    private static final int MOST_CHANGES = 100;

    private final Vertx vertx;
    private final LayerSide layer;
    private final HashOutcome.Known login;
    private final Application.Outlet outlet;
    private final Renderer renderer;
    private @Nullable Onlooker onlooker;
    private People.@Nullable Presence wanted;
    /** The users that are meant by {@link #wanted}, as called inside; empty for all. */
    private Set<String> only = Set.of();
    /** Whether anything is told already. */
    private boolean begun;
    /** What is asked for last counts. */
    private int attempts;

    Sight(Vertx vertx, LayerSide layer, HashOutcome.Known login, Application.Outlet outlet) {
        this.vertx = vertx;
        this.layer = layer;
        this.login = login;
        this.outlet = outlet;
        renderer = layer.renderer(outlet.base());
    }

    /** The client wanted it elsewhere; {@link #resume} begins. */
    void remember(People.Presence presence) {
        wanted = presence;
    }

    /** Tells how everybody is, as soon as that is possible; unless the client has asked for something meanwhile. */
    void resume() {
        if (attempts == 0) {
            attempt();
        }
    }

    private void attempt() {
        People.Presence known = wanted;
        if (known != null && !begun) {
            prepare(known).onSuccess(grant -> grant.begin().run());
        }
    }

    private void attemptLater() {
        int attempt = attempts;
        vertx.setTimer(AGAIN_MS, again -> {
            if (attempt == attempts) {
                attempt();
            }
        });
    }

    /** Fails with a {@link Fault.Thrown}; then the client is told what it was told before. */
    Future<Grant> prepare(People.Presence presence) {
        int attempt = ++attempts;
        Onlooker opened = opened();
        PresenceRequest self = new PresenceRequest.Look(login.user(), List.of(login.user()));
        PresenceRequest others = new PresenceRequest.LookSince(login.user(), 0);
        List<Signal.Presence> states = new ArrayList<>();
        return opened.watch()
                .compose(watching ->
                        watching instanceof Reply.Failure ? Future.succeededFuture(watching) : ask(self, states))
                .compose(looked ->
                        looked instanceof Reply.Failure ? Future.succeededFuture(looked) : ask(others, states))
                .map(looked -> {
                    if (attempt != attempts || opened.isClosed()) {
                        throw Fault.ENDED.thrown();
                    }
                    if (looked instanceof Reply.Failure) {
                        drop();
                        throw LayerSide.refusal(looked);
                    }
                    return new Grant(value(presence, states), () -> begin(opened, presence, states), this::drop);
                });
    }

    private Future<Reply> ask(PresenceRequest request, List<Signal.Presence> states) {
        return layer.services().ask(request).onSuccess(reply -> {
            if (reply instanceof Reply.PresenceStates found) {
                states.addAll(found.states());
            }
        });
    }

    private void begin(Onlooker opened, People.Presence presence, List<Signal.Presence> states) {
        wanted = presence;
        only = presence.only().stream().map(this::inside).collect(Collectors.toSet());
        begun = true;
        List<Signal.Presence> shown = opened.newest(
                states.stream().filter(state -> isMeant(state.userId())).toList());
        for (int first = 0; first < shown.size(); first += MOST_CHANGES) {
            outlet.send(event(shown.subList(first, Math.min(first + MOST_CHANGES, shown.size())).stream()
                    .map(renderer::signalBody)
                    .collect(Collectors.joining(","))));
        }
    }

    /** Goes on as if nothing had been asked for. */
    private void drop() {
        if (wanted == null) {
            end();
        } else if (!begun) {
            attemptLater();
        }
    }

    private Onlooker opened() {
        Onlooker here = onlooker;
        if (here == null) {
            here = layer.loop().look(LayerSide.session(login), this);
            onlooker = here;
        }
        return here;
    }

    Optional<People.Presence> wanted() {
        return Optional.ofNullable(wanted);
    }

    /** The client wants no more. */
    void end() {
        wanted = null;
        close();
    }

    /** Nobody is here any more; what is to be remembered stays as it is. */
    void close() {
        attempts++;
        begun = false;
        if (onlooker != null) {
            onlooker.close();
            onlooker = null;
        }
    }

    @Override
    public boolean isReady() {
        return begun && !outlet.isFull();
    }

    @Override
    public void write(SignalRendering sighting) {
        if (sighting.signal() instanceof Signal.Presence presence && isMeant(presence.userId())) {
            outlet.send(event(new String(sighting.body(renderer), UTF_8)));
        }
    }

    private boolean isMeant(String user) {
        return only.isEmpty() || only.contains(user);
    }

    private String inside(String given) {
        return UserId.beside(login.user(), given);
    }

    /** Of each user who was asked for whether the client is told of them. */
    private JsonObject value(People.Presence presence, List<Signal.Presence> states) {
        Set<String> known = states.stream().map(Signal.Presence::userId).collect(Collectors.toSet());
        List<String> asked =
                presence.only().isEmpty() ? known.stream().map(UserId::given).toList() : presence.only();
        Map<String, Object> statuses = asked.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        user -> (known.contains(inside(user)) ? SubjectStatus.NORMAL : SubjectStatus.UNKNOWN).wire(),
                        (one, same) -> one,
                        TreeMap::new));
        return new JsonObject(statuses);
    }

    private static String event(String changes) {
        return "{\"type\":\"event\",\"event\":\"" + People.PRESENCE + "\",\"data\":[" + changes + "]}";
    }
}
