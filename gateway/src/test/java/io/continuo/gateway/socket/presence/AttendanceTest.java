package io.continuo.gateway.socket.presence;

import static io.continuo.common.event.PresenceStatus.BUSY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The presence service learns what it has missed. */
class AttendanceTest {
    private static final String LOOP = Addresses.loop("g1", 0);
    private static final PresenceRequest.Leave LEAVE = new PresenceRequest.Leave("ines", "desk", LOOP);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<PresenceRequest> heard = new CopyOnWriteArrayList<>();
    private final Attendance attendance;
    private volatile boolean away;
    private volatile long since = 5;
    private volatile PresenceRequest.@Nullable Missed missed;
    private volatile PresenceRequest.@Nullable Missed caughtUp;
    private final List<Long> missedSince = new CopyOnWriteArrayList<>();

    AttendanceTest() {
        RecordCodec.register(vertx);
        attendance = new Attendance(vertx, new ServiceClient(vertx, new Partitions(64)), LOOP, 50);
    }

    @BeforeEach
    void start() {
        vertx.eventBus().<PresenceRequest>consumer(Addresses.PRESENCE, message -> {
            if (away) {
                message.reply(Reply.Failure.of(ErrorCode.SERVICE_UNAVAILABLE, "Later."));
                return;
            }
            PresenceRequest request = message.body();
            if (request instanceof PresenceRequest.Announce) {
                // Slower than an end that overtakes it would be.
                vertx.setTimer(100, later -> {
                    heard.add(request);
                    message.reply(Reply.Done.INSTANCE);
                });
            } else if (request instanceof PresenceRequest.Register register) {
                message.reply(new Reply.Registered(since, missed));
                caughtUp = register.caughtUp();
            } else {
                heard.add(request);
                message.reply(Reply.Done.INSTANCE);
            }
        });
        context.runOnContext(now -> attendance.start());
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void tellsOfAnEndAfterAllElse() {
        with(desk -> {
            desk.announce(BUSY);
            desk.end();
        });
        await().until(() -> heard.size() == 2);
        assertThat(heard).containsExactly(new PresenceRequest.Announce("ines", "desk", LOOP, BUSY), LEAVE);
    }

    @Test
    void tellsOfAnEndUntilItIsHeard() {
        with(Appearance::watch);
        await().until(() -> heard.size() >= 1);
        away = true;
        with(desk -> {
            desk.watch();
            desk.end();
        });
        away = false;
        await().until(() -> heard.contains(LEAVE));
    }

    @Test
    void tellsNothingOfConnectionsThatSaidNothing() {
        with(Appearance::end);
        with(desk -> desk.announce(null));
        await().until(() -> !heard.isEmpty());
        assertThat(heard).doesNotContain(LEAVE);
    }

    @Test
    void tellsAllAgainWhenItWasBelievedDead() {
        with(desk -> {
            desk.announce(BUSY);
            desk.watch();
        });
        PresenceRequest.Restore all =
                new PresenceRequest.Restore(LOOP, List.of(new PresenceRequest.Stay("ines", "desk", true, BUSY, true)));
        await().until(() -> heard.contains(all));
        heard.clear();
        since = 6;
        await().until(() -> heard.contains(all));
    }

    @Test
    void hasItsConnectionsLookOnceForWhatItHasNotHeard() {
        PresenceRequest.Missed once = new PresenceRequest.Missed(77, 1);
        with(Appearance::watch);
        missed = once;
        await().until(() -> once.equals(caughtUp));
        assertThat(missedSince).containsExactly(77L);
        missed = null;
        await().until(() -> caughtUp == null);
        missed = new PresenceRequest.Missed(99, 1);
        await().until(() -> missedSince.size() == 2);
        assertThat(missedSince).containsExactly(77L, 99L);
    }

    @Test
    void hasItsConnectionsLookWhenItWasBelievedDead() {
        with(Appearance::watch);
        await().until(() -> heard.size() >= 1);
        with(first -> since = 1_000_000);
        await().until(() -> !missedSince.isEmpty());
        assertThat(missedSince).hasSize(1);
        assertThat(missedSince.getFirst()).isLessThan(1_000_000);
    }

    private void with(Consumer<Appearance> action) {
        context.runOnContext(now -> action.accept(attendance.of("ines", "desk", missedSince::add)));
    }
}
