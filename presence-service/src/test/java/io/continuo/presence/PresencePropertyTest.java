package io.continuo.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.Signal;
import io.continuo.common.redis.Keys;
import io.continuo.presence.status.Pace;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever happens in whatever order, watchers were told how users are, and of nobody that they went for a moment. */
class PresencePropertyTest {
    private static final Duration GRACE = Duration.ofMillis(250);
    private static final Pace PACE =
            new Pace(GRACE, Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(30), Duration.ZERO);
    private static final AtomicInteger TRIES = new AtomicInteger();

    private static final Stage STAGE = new Stage();
    private static final ServiceClient SERVICES = new ServiceClient(STAGE.vertx(), new Partitions(64));

    private final Map<String, Place> places = new HashMap<>();
    private final List<Stay> stays = new ArrayList<>();
    private String mark = "";

    /** One thing that happens. */
    record Step(Kind kind, int user, int node, PresenceStatus status, int pauseMs) {}

    enum Kind {
        COME,
        SAY,
        LEAVE,
        RELOAD,
        DIE
    }

    private record Place(String user, String node) {}

    /** @param until when the connection went, by itself or with its node; both in milliseconds since the epoch */
    private record Stay(String user, long from, long until, boolean killed) {}

    @BeforeContainer
    static void start() {
        for (int i = 0; i < 2; i++) {
            Stage.await(STAGE.vertx().deployVerticle(new PresenceVerticle(STAGE.settings(), PACE)));
        }
    }

    @AfterContainer
    static void stop() {
        STAGE.close();
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void watchersKnowHowUsersAre(@ForAll("schedules") List<Step> schedule) throws Exception {
        mark = "-" + TRIES.incrementAndGet();
        places.clear();
        stays.clear();
        String watcher = "omar" + mark;
        List<String> users = List.of("ines" + mark, "vera" + mark);
        users.forEach(user -> STAGE.redis(Command.ZADD, Keys.following(watcher), 1, user));
        var heard = STAGE.loop("w" + mark, watcher);
        ask(new PresenceRequest.WatchPresence(watcher, "c" + mark, Addresses.loop("w" + mark, 0)));
        Map<String, Stay> open = new HashMap<>();
        for (Step step : schedule) {
            happen(step, users.get(step.user()), "n" + step.node() + mark, open);
            Thread.sleep(step.pauseMs());
        }
        await().until(() -> users.stream().noneMatch(PresencePropertyTest::isUnsettled) && areBuried());

        stays.addAll(open.values());
        List<Signal.Presence> told =
                heard.stream().map(relay -> (Signal.Presence) relay.signal()).toList();
        Reply now = ask(new PresenceRequest.Look(watcher, users));
        ((Reply.PresenceStates) now)
                .states()
                .forEach(state -> assertThat(last(told, state.userId()))
                        .as("what %s was told last of %s", watcher, state.userId())
                        .isEqualTo(state.status()));
        told.stream()
                .filter(presence -> presence.status() == PresenceStatus.OFFLINE)
                .forEach(this::wasReallyAway);
    }

    private void happen(Step step, String user, String node, Map<String, Stay> open) {
        List<String> own = places.entrySet().stream()
                .filter(entry -> entry.getValue().user().equals(user))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        switch (step.kind()) {
            case COME -> come(user, node, step.status(), open);
            case SAY -> own.stream().findFirst().ifPresent(connection -> say(connection, step.status()));
            case LEAVE -> own.stream().findFirst().ifPresent(connection -> leave(connection, open));
            case RELOAD ->
                own.stream().findFirst().ifPresent(connection -> {
                    leave(connection, open);
                    come(user, node, step.status(), open);
                });
            case DIE -> die(node, open);
        }
    }

    private void come(String user, String node, PresenceStatus status, Map<String, Stay> open) {
        STAGE.redis(Command.SET, Keys.node(node), 1);
        String connection = "c" + TRIES.incrementAndGet();
        places.put(connection, new Place(user, node));
        say(connection, status);
        open.put(connection, new Stay(user, System.currentTimeMillis(), Long.MAX_VALUE, false));
    }

    private void say(String connection, PresenceStatus status) {
        Place place = Objects.requireNonNull(places.get(connection));
        ask(new PresenceRequest.Announce(place.user(), connection, Addresses.loop(place.node(), 0), status));
    }

    private void leave(String connection, Map<String, Stay> open) {
        Place place = Objects.requireNonNull(places.remove(connection));
        stays.add(ended(open.remove(connection), false));
        ask(new PresenceRequest.Leave(place.user(), connection, Addresses.loop(place.node(), 0)));
    }

    /** A node that has died never comes back; the next one of its place has another name. */
    private void die(String node, Map<String, Stay> open) {
        List<String> lost = places.entrySet().stream()
                .filter(entry -> entry.getValue().node().equals(node))
                .map(Map.Entry::getKey)
                .toList();
        lost.forEach(connection -> {
            places.remove(connection);
            stays.add(ended(open.remove(connection), true));
        });
        STAGE.redis(Command.DEL, Keys.node(node));
        await().until(PresencePropertyTest::areBuried);
    }

    private static Stay ended(@Nullable Stay open, boolean killed) {
        Stay stay = Objects.requireNonNull(open);
        return new Stay(stay.user(), stay.from(), System.currentTimeMillis(), killed);
    }

    /** Who counts as gone was so for the grace, or with the node; to hide takes no time, and nobody here hides. */
    private void wasReallyAway(Signal.Presence offline) {
        long at = offline.changedAt();
        long least = at - GRACE.toMillis() + 20;
        assertThat(stays)
                .filteredOn(stay -> stay.user().equals(offline.userId()))
                .as("connections when %s was said to be gone at %d", offline.userId(), at)
                .noneMatch(stay -> stay.from() < at && stay.until() > (stay.killed() ? at : least));
    }

    private static PresenceStatus last(List<Signal.Presence> told, String user) {
        return told.stream()
                .filter(presence -> presence.userId().equals(user))
                .reduce((one, other) -> other)
                .map(Signal.Presence::status)
                .orElse(PresenceStatus.OFFLINE);
    }

    private static boolean isUnsettled(String user) {
        return STAGE.<Boolean>with(redis -> redis.send(
                        Request.cmd(Command.ZSCORE).arg(Keys.presenceAgenda()).arg(user))
                .map(score -> score != null));
    }

    /** All nodes that are registered live. */
    private static boolean areBuried() {
        return STAGE.<Boolean>with(redis -> redis.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.presenceNodes())
                        .arg(0)
                        .arg(-1))
                .compose(nodes -> redis.batch(nodes.stream()
                                .map(node -> Request.cmd(Command.EXISTS).arg(Keys.node(node.toString())))
                                .toList())
                        .map(lives -> lives.stream().allMatch(one -> one.toInteger() == 1))));
    }

    private static Reply ask(PresenceRequest request) {
        Reply reply = Stage.await(SERVICES.ask(request));
        assertThat(reply).isNotInstanceOf(Reply.Failure.class);
        return reply;
    }

    @Provide
    Arbitrary<List<Step>> schedules() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(4, Kind.COME),
                                Tuple.of(2, Kind.SAY),
                                Tuple.of(4, Kind.LEAVE),
                                Tuple.of(3, Kind.RELOAD),
                                Tuple.of(1, Kind.DIE)),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(PresenceStatus.AVAILABLE, PresenceStatus.BUSY, PresenceStatus.AWAY),
                        Arbitraries.of(0, 0, 5, 60, 200))
                .as(Step::new)
                .list()
                .ofMinSize(4)
                .ofMaxSize(14);
    }
}
