package io.continuo.presence;

import static io.continuo.common.event.PresenceStatus.AVAILABLE;
import static io.continuo.common.event.PresenceStatus.AWAY;
import static io.continuo.common.event.PresenceStatus.BUSY;
import static io.continuo.common.event.PresenceStatus.INVISIBLE;
import static io.continuo.common.event.PresenceStatus.OFFLINE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.GatewayMessage;
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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One status per user out of what all connections say (protocol/layer.md §9.2). Ines is watched by Omar. */
class PresenceTest {
    private static final Pace PACE = new Pace(
            Duration.ofMillis(400),
            Duration.ofMillis(300),
            Duration.ofMillis(20),
            Duration.ofMillis(60),
            Duration.ofMillis(100));

    private final Stage stage = new Stage();
    private final ServiceClient services = new ServiceClient(stage.vertx(), new Partitions(64));
    private final BlockingQueue<GatewayMessage.Relay> ines = stage.loop("g1", "ines");
    private final BlockingQueue<GatewayMessage.Relay> omar = stage.loop("g2", "omar");

    @BeforeEach
    void start() {
        for (int i = 0; i < 2; i++) {
            Stage.await(stage.vertx().deployVerticle(new PresenceVerticle(stage.settings(), PACE)));
        }
        stage.redis(Command.ZADD, Keys.following("omar"), 1, "ines");
        watch();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void showsTheMostPresentOfAllConnections() {
        announce("phone", AWAY);
        assertThat(seenByOmar()).isEqualTo(AWAY);
        announce("desk", BUSY);
        assertThat(seenByOmar()).isEqualTo(BUSY);
        announce("tablet", AVAILABLE);
        assertThat(seenByOmar()).isEqualTo(AVAILABLE);
        leave("tablet");
        assertThat(seenByOmar()).isEqualTo(AVAILABLE);
        await().untilAsserted(() -> assertThat(seenByOmar()).isEqualTo(BUSY));
        leave("desk");
        leave("phone");
        assertThat(seenByOmar()).isEqualTo(BUSY);
        await().untilAsserted(() -> assertThat(seenByOmar()).isEqualTo(OFFLINE));
    }

    @Test
    void pushesChangesToFollowersAndToTheUserAndNothingElse() {
        announce("phone", AWAY);
        assertThat(pushed(omar)).isEqualTo(AWAY);
        assertThat(pushed(ines)).isEqualTo(AWAY);
        announce("desk", AWAY);
        leave("desk");
        leave("desk");
        announce("phone", BUSY);
        assertThat(pushed(omar)).isEqualTo(BUSY);
        assertThat(pushed(ines)).isEqualTo(BUSY);
        leave("phone");
        assertThat(pushed(omar)).isEqualTo(OFFLINE);
        assertThat(pushed(ines)).isEqualTo(OFFLINE);
        assertThat(omar).isEmpty();
        assertThat(ines).isEmpty();
    }

    @Test
    void hidesWhoeverChoseSoOnAllConnectionsButNotFromThemselves() {
        announce("phone", AVAILABLE);
        assertThat(pushed(omar)).isEqualTo(AVAILABLE);
        assertThat(pushed(ines)).isEqualTo(AVAILABLE);
        announce("desk", INVISIBLE);
        assertThat(pushed(omar)).isEqualTo(OFFLINE);
        assertThat(pushed(ines)).isEqualTo(INVISIBLE);
        assertThat(seenByOmar()).isEqualTo(OFFLINE);
        assertThat(look("ines", "ines").status()).isEqualTo(INVISIBLE);
    }

    @Test
    void takesTheOfflineOfTheSdksForInvisible() {
        announce("phone", OFFLINE);
        assertThat(seenByOmar()).isEqualTo(OFFLINE);
        assertThat(look("ines", "ines").status()).isEqualTo(INVISIBLE);
    }

    @Test
    void neverTellsWhenAHiddenUserComesAndGoes() {
        announce("phone", AVAILABLE);
        assertThat(pushed(omar)).isEqualTo(AVAILABLE);
        announce("phone", INVISIBLE);
        assertThat(pushed(omar)).isEqualTo(OFFLINE);
        Signal.Presence hidden = look("omar", "ines");
        leave("phone");
        await().untilAsserted(() -> assertThat(look("ines", "ines").status()).isEqualTo(OFFLINE));
        announce("phone", null);
        assertThat(look("ines", "ines").status()).isEqualTo(INVISIBLE);
        assertThat(look("omar", "ines")).isEqualTo(hidden);
        assertThat(since(hidden.changedAt() + 1)).isEmpty();
        announce("phone", AVAILABLE);
        assertThat(pushed(omar)).isEqualTo(AVAILABLE);
    }

    @Test
    void remembersWhatTheUserChoseLast() {
        announce("phone", null);
        assertThat(seenByOmar()).isEqualTo(AVAILABLE);
        announce("phone", BUSY);
        leave("phone");
        announce("desk", null);
        assertThat(seenByOmar()).isEqualTo(BUSY);
    }

    @Test
    void tellsWhenSomebodyWasSeenLast() {
        assertThat(look("omar", "ines")).isEqualTo(new Signal.Presence("ines", OFFLINE, null, 0));
        long before = System.currentTimeMillis();
        announce("phone", AVAILABLE);
        pushed(omar);
        leave("phone");
        pushed(omar);
        assertThat(Objects.requireNonNull(look("omar", "ines").lastSeenAt()))
                .isBetween(before, System.currentTimeMillis());
    }

    @Test
    void showsNobodyThatAConnectionWasReplaced() {
        announce("phone", AVAILABLE);
        assertThat(pushed(omar)).isEqualTo(AVAILABLE);
        leave("phone");
        announce("desk", AVAILABLE);
        await().until(() -> stage.<Boolean>with(redis -> redis.send(
                        Request.cmd(Command.HEXISTS).arg(Keys.presence("ines")).arg("c:phone"))
                .map(there -> !there.toBoolean())));
        assertThat(seenByOmar()).isEqualTo(AVAILABLE);
        assertThat(omar).isEmpty();
    }

    @Test
    void saysWhenThoseWhoLeftWereThereLast() {
        announce("phone", AVAILABLE);
        pushed(omar);
        long left = System.currentTimeMillis();
        leave("phone");
        assertThat(pushed(omar)).isEqualTo(OFFLINE);
        assertThat(Objects.requireNonNull(look("omar", "ines").lastSeenAt())).isBetween(left, left + 200);
    }

    @Test
    void tellsThatAUserHasGoneWithTheGateway() {
        announce("phone", AVAILABLE);
        assertThat(pushed(omar)).isEqualTo(AVAILABLE);
        stage.redis(Command.DEL, Keys.node("g1"));
        assertThat(pushed(omar)).isEqualTo(OFFLINE);
        assertThat(seenByOmar()).isEqualTo(OFFLINE);
        assertThat(omar).isEmpty();
    }

    @Test
    void keepsWhoeverIsConnectedElsewhereWhenAGatewayDies() {
        stage.loop("g9", "ines");
        announce("phone", AVAILABLE);
        ask(new PresenceRequest.Announce("ines", "desk", Addresses.loop("g9", 0), AWAY));
        assertThat(pushed(omar)).isEqualTo(AVAILABLE);
        stage.redis(Command.DEL, Keys.node("g1"));
        assertThat(pushed(omar)).isEqualTo(AWAY);
        assertThat(omar).isEmpty();
    }

    @Test
    void takesBackWhoeverTheGatewayStillHoldsWhenItThaws() {
        long since = register();
        announce("phone", BUSY);
        assertThat(pushed(omar)).isEqualTo(BUSY);
        assertThat(register()).isEqualTo(since);
        stage.redis(Command.DEL, Keys.node("g1"));
        assertThat(pushed(omar)).isEqualTo(OFFLINE);
        stage.redis(Command.SET, Keys.node("g1"), 1);
        await().untilAsserted(() -> assertThat(register()).isNotEqualTo(since));
        ask(new PresenceRequest.Restore(
                Addresses.loop("g1", 0), List.of(new PresenceRequest.Stay("ines", "phone", true, BUSY, false))));
        assertThat(pushed(omar)).isEqualTo(BUSY);
        stage.redis(Command.DEL, Keys.node("g1"));
        assertThat(pushed(omar)).isEqualTo(OFFLINE);
    }

    @Test
    void finishesWhatADeadInstanceLeftUndone() {
        announce("phone", AVAILABLE);
        assertThat(pushed(omar)).isEqualTo(AVAILABLE);
        // As if an instance had stored that and died before it told anybody.
        stage.redis(Command.HSET, Keys.presence("ines"), "c:phone", "busy gateway.g1.0", "chosen", "busy");
        stage.redis(Command.ZADD, Keys.presenceAgenda(), 1, "ines");
        assertThat(pushed(omar)).isEqualTo(BUSY);
        long later = look("ines", "ines").changedAt() + 1;
        stage.redis(Command.HSET, Keys.presence("ines"), "changed", later, "public", later);
        stage.redis(Command.ZADD, Keys.presenceAgenda(), 1, "ines");
        assertThat(pushed(omar)).isEqualTo(BUSY);
        assertThat(omar).isEmpty();
    }

    @Test
    void findsAGhostThatNobodyLooksAfter() {
        stage.redis(Command.HSET, Keys.presence("ines"), "c:lost", "busy gateway.g0.0", "shown", "busy");
        assertThat(seenByOmar()).isEqualTo(BUSY);
        assertThat(pushed(omar)).isEqualTo(OFFLINE);
        assertThat(seenByOmar()).isEqualTo(OFFLINE);
    }

    @Test
    void listsWhoeverChangedSince() {
        stage.redis(Command.ZADD, Keys.following("omar"), 2, "vera");
        announce("phone", BUSY);
        pushed(omar);
        long changed = look("omar", "ines").changedAt();
        assertThat(since(changed)).extracting(Signal.Presence::userId).containsExactly("ines");
        assertThat(since(changed + 1)).isEmpty();
        leave("phone");
        assertThat(pushed(omar)).isEqualTo(OFFLINE);
        assertThat(since(changed + 1)).extracting(Signal.Presence::status).containsExactly(OFFLINE);
    }

    @Test
    void knowsSinceWhenALoopHasNotHeard() {
        announce("phone", BUSY);
        assertThat(pushed(omar)).isEqualTo(BUSY);
        assertThat(register("g2", null).missed()).isNull();

        stage.hang(Addresses.loop("g2", 0), true);
        announce("phone", AWAY);
        assertThat(pushed(ines)).isEqualTo(BUSY);
        assertThat(pushed(ines)).isEqualTo(AWAY);
        long changed = look("omar", "ines").changedAt();
        await().until(() -> register("g2", null).missed() != null);
        PresenceRequest.Missed missed = new PresenceRequest.Missed(changed, 1);
        assertThat(register("g2", null).missed()).isEqualTo(missed);

        announce("phone", BUSY);
        PresenceRequest.Missed more = new PresenceRequest.Missed(changed, 2);
        await().until(() -> more.equals(register("g2", null).missed()));
        assertThat(register("g2", missed).missed()).isEqualTo(more);
        stage.hang(Addresses.loop("g2", 0), false);
        assertThat(register("g2", more).missed()).isNull();
        assertThat(register("g2", null).missed()).isNull();
    }

    @Test
    void answersAtOnceWhileRedisIsAwayAndGoesOnAfterwards() {
        announce("phone", BUSY);
        pushed(omar);
        stage.embedded().kill();
        Reply reply = ask(new PresenceRequest.Look("omar", List.of("ines")));
        assertThat(reply).isInstanceOf(Reply.Failure.class);
        stage.embedded().restart();
        await().atMost(10, SECONDS)
                .until(() -> ask(new PresenceRequest.Look("omar", List.of("ines"))) instanceof Reply.PresenceStates);
        assertThat(seenByOmar()).isEqualTo(BUSY);
    }

    private void announce(String connection, @Nullable PresenceStatus status) {
        assertThat(ask(new PresenceRequest.Announce("ines", connection, Addresses.loop("g1", 0), status)))
                .isEqualTo(Reply.Done.INSTANCE);
    }

    private void leave(String connection) {
        assertThat(ask(new PresenceRequest.Leave("ines", connection, Addresses.loop("g1", 0))))
                .isEqualTo(Reply.Done.INSTANCE);
    }

    private void watch() {
        ask(new PresenceRequest.WatchPresence("omar", "omars", Addresses.loop("g2", 0)));
    }

    private long register() {
        return register("g1", null).since();
    }

    private Reply.Registered register(String node, PresenceRequest.@Nullable Missed caughtUp) {
        return (Reply.Registered) ask(new PresenceRequest.Register(Addresses.loop(node, 0), caughtUp));
    }

    private PresenceStatus seenByOmar() {
        return look("omar", "ines").status();
    }

    private Signal.Presence look(String viewer, String user) {
        Reply reply = ask(new PresenceRequest.Look(viewer, List.of(user)));
        return ((Reply.PresenceStates) reply).states().getFirst();
    }

    private List<Signal.Presence> since(long sinceMs) {
        return ((Reply.PresenceStates) ask(new PresenceRequest.LookSince("omar", sinceMs))).states();
    }

    private Reply ask(PresenceRequest request) {
        return Stage.await(services.ask(request));
    }

    private static PresenceStatus pushed(BlockingQueue<GatewayMessage.Relay> heard) {
        try {
            GatewayMessage.Relay relay = heard.poll(10, SECONDS);
            assertThat(relay).isNotNull();
            return ((Signal.Presence) relay.signal()).status();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
