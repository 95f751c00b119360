package io.continuo.presence.typing;

import static io.continuo.common.event.TypingState.FINISHED;
import static io.continuo.common.event.TypingState.PAUSED;
import static io.continuo.common.event.TypingState.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.event.TypingState;
import io.continuo.presence.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TypingScriptTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void ignoresARepetitionOnlyForAWhile() {
        assertThat(say(STARTED, Duration.ofHours(1))).isPositive();
        assertThat(say(STARTED, Duration.ofHours(1))).isEqualTo(TypingScript.NONE);
        assertThat(say(STARTED, Duration.ZERO)).isPositive();
        assertThat(say(PAUSED, Duration.ofHours(1))).isPositive();
    }

    @Test
    void ordersWords() {
        long first = say(STARTED, Duration.ZERO);
        long second = say(FINISHED, Duration.ZERO);
        assertThat(second).isGreaterThan(first);
        assertThat(say(STARTED, Duration.ZERO)).isGreaterThan(second);
    }

    private long say(TypingState state, Duration repetition) {
        return stage.with(redis -> new TypingScript(redis, repetition).say("ines", "room", state));
    }
}
