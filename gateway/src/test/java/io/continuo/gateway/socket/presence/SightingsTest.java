package io.continuo.gateway.socket.presence;

import static io.continuo.common.event.PresenceStatus.AVAILABLE;
import static io.continuo.common.event.PresenceStatus.AWAY;
import static io.continuo.common.event.PresenceStatus.BUSY;
import static io.continuo.common.event.PresenceStatus.OFFLINE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.Addresses;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.PresenceRequest;
import io.continuo.common.bus.RecordCodec;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.event.PresenceStatus;
import io.continuo.common.event.Signal;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One packet for each user in a window, so many at a time, the newest last, and none forgotten. */
class SightingsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<Signal.Presence> written = new CopyOnWriteArrayList<>();
    private final Sink sink = new Sink();
    private final Sightings sightings;

    SightingsTest() {
        RecordCodec.register(vertx);
        sightings = new Sightings(vertx, new ServiceClient(vertx, new Partitions(64)), "omar", sink);
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void showsTheFirstAtOnceAndTheLastOfAWindowAtItsEnd() {
        long began = System.nanoTime();
        take(sighting("ines", AVAILABLE, 1));
        await().until(() -> written.size() == 1);
        IntStream.range(2, 100).forEach(i -> take(sighting("ines", AWAY, i)));
        take(sighting("ines", BUSY, 100));
        await().until(() -> written.size() == 2);
        assertThat(System.nanoTime() - began).isGreaterThan((Sightings.WINDOW_MS - 50) * 1_000_000);
        assertThat(written).extracting(Signal.Presence::status).containsExactly(AVAILABLE, BUSY);
    }

    @Test
    void showsOnlySoManyAtATime() {
        onLoop(() -> {
            IntStream.rangeClosed(1, 150).forEach(i -> sightings.take(sighting("user" + i, AVAILABLE, i)));
            return "taken";
        });
        await().until(() -> written.size() >= Sightings.AT_ONCE);
        assertThat(written).hasSize(Sightings.AT_ONCE);
        await().until(() -> written.size() == 150);
        assertThat(written).extracting(Signal.Presence::userId).doesNotHaveDuplicates();
    }

    @Test
    void leavesOutWhatComesLateOrTwice() {
        take(sighting("ines", OFFLINE, 8));
        take(sighting("ines", AVAILABLE, 7));
        take(sighting("ines", OFFLINE, 8));
        take(sighting("vera", AVAILABLE, 9));
        await().until(() -> written.size() == 2);
        assertThat(written).extracting(Signal.Presence::changedAt).containsExactly(8L, 9L);
    }

    @Test
    void answersNothingOlderThanWhatWasShown() {
        take(sighting("ines", BUSY, 8));
        await().until(() -> written.size() == 1);
        assertThat(newest("ines", AVAILABLE, 7)).isEqualTo(BUSY);
        assertThat(newest("ines", AWAY, 9)).isEqualTo(AWAY);
        // Who asks is told so, whatever comes late.
        take(sighting("ines", BUSY, 8));
        // Hidden: whatever was shown.
        assertThat(newest("ines", OFFLINE, 0)).isEqualTo(OFFLINE);
        assertThat(written).hasSize(1);
    }

    @Test
    void keepsTheNewestForASlowClient() {
        sink.ready = false;
        take(sighting("ines", AVAILABLE, 1));
        take(sighting("ines", BUSY, 2));
        sink.ready = true;
        await().until(() -> written.size() == 1);
        assertThat(written.getFirst().status()).isEqualTo(BUSY);
    }

    @Test
    void looksUpWhatWasTooMuchToKeep() {
        List<PresenceRequest> asked = new CopyOnWriteArrayList<>();
        vertx.eventBus().<PresenceRequest>consumer(Addresses.PRESENCE, message -> {
            asked.add(message.body());
            message.reply(new Reply.PresenceStates(List.of(new Signal.Presence("late", AWAY, null, 9_000))));
        });
        sink.ready = false;
        onLoop(() -> {
            IntStream.rangeClosed(1, Sightings.MOST_KEPT).forEach(i -> sightings.take(sighting("u" + i, AVAILABLE, i)));
            sightings.take(sighting("late", BUSY, 5_000));
            return "taken";
        });
        sink.ready = true;
        await().atMost(30, SECONDS).until(() -> written.size() == Sightings.MOST_KEPT + 1);
        assertThat(written.getLast().userId()).isEqualTo("late");
        assertThat(asked).containsExactly(new PresenceRequest.LookSince("omar", 5_000));
    }

    private void take(SignalRendering sighting) {
        onLoop(() -> {
            sightings.take(sighting);
            return "taken";
        });
    }

    private PresenceStatus newest(String user, PresenceStatus status, long changedAt) {
        return onLoop(() -> sightings.newest(List.of(new Signal.Presence(user, status, null, changedAt))))
                .getFirst()
                .status();
    }

    private <T> T onLoop(Callable<T> action) {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(now -> {
            try {
                done.complete(action.call());
            } catch (Exception failure) {
                done.completeExceptionally(failure);
            }
        });
        return done.join();
    }

    private static SignalRendering sighting(String user, PresenceStatus status, long changedAt) {
        return new SignalRendering(new Signal.Presence(user, status, null, changedAt));
    }

    private final class Sink implements Sightings.Sink {
        private volatile boolean ready = true;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void write(SignalRendering sighting) {
            written.add((Signal.Presence) sighting.signal());
        }
    }
}
