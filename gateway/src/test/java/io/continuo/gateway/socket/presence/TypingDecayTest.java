package io.continuo.gateway.socket.presence;

import static io.continuo.common.event.TypingState.FINISHED;
import static io.continuo.common.event.TypingState.PAUSED;
import static io.continuo.common.event.TypingState.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.GatewayMessage;
import io.continuo.common.event.Signal;
import io.continuo.common.event.TypingState;
import io.continuo.common.model.Person;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody seems to write for ever (protocol/layer.md §9.1). */
class TypingDecayTest {
    private static final Duration STEP = Duration.ofMillis(600);
    /** How often somebody who writes says so; far below a step, so that a busy machine does not make it one. */
    private static final Duration PACE = STEP.dividedBy(6);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<GatewayMessage.Relay> shown = new CopyOnWriteArrayList<>();
    private final TypingDecay decay = new TypingDecay(vertx, STEP, shown::add);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void goesFromStartedOverPausedToFinishedForWhoeverSawItStart() {
        long began = System.nanoTime();
        take("ines", STARTED, 1);
        await().until(() -> shown.size() == 3);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(STEP.multipliedBy(2));
        assertThat(states()).containsExactly(STARTED, PAUSED, FINISHED);
        assertThat(shown).extracting(GatewayMessage.Relay::users).containsOnly(List.of("omar", "vera"));
    }

    @Test
    void holdsWhileItIsRepeated() {
        for (int i = 1; i <= 9; i++) {
            take("ines", STARTED, i);
            pause();
        }
        assertThat(states()).containsOnly(STARTED);
        await().until(() -> shown.size() == 11);
        assertThat(states()).endsWith(STARTED, PAUSED, FINISHED);
    }

    @Test
    void lastsNoLongerForOneWhileAnotherWrites() {
        take("vera", STARTED, 1);
        for (int i = 1; i <= 16; i++) {
            take("ines", STARTED, i);
            pause();
        }
        assertThat(shown.stream().map(relay -> (Signal.Typing) relay.signal()).toList())
                .filteredOn(typing -> typing.sender().userId().equals("vera"))
                .extracting(Signal.Typing::state)
                .containsExactly(STARTED, PAUSED, FINISHED);
    }

    @Test
    void leavesOutWhatComesLate() {
        take("ines", FINISHED, 9);
        take("ines", STARTED, 8);
        take("ines", STARTED, 10);
        await().until(() -> shown.size() >= 2);
        assertThat(states().subList(0, 2)).containsExactly(FINISHED, STARTED);
    }

    private void pause() {
        vertx.timer(PACE.toMillis(), TimeUnit.MILLISECONDS).await();
    }

    private void take(String writer, TypingState state, long version) {
        context.runOnContext(now ->
                decay.take(new Signal.Typing("room", Person.of(writer), state, version), List.of("omar", "vera")));
    }

    private List<TypingState> states() {
        return shown.stream()
                .map(relay -> ((Signal.Typing) relay.signal()).state())
                .toList();
    }
}
