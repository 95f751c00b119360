package io.continuo.common.cluster;

import static io.continuo.common.cluster.Hearing.SILENT_AFTER_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.bus.Standstill;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HearingTest {
    private static final Set<String> NODES = Set.of("here", "there", "old");

    private final Hearing hearing = new Hearing(0);
    private long nowMs;

    @Test
    void whoBeatsNoMoreIsSilentUntilTheNextBeat() {
        hearing.beat("here", 0);
        hearing.beat("there", 0);
        lookUntil(SILENT_AFTER_MS);
        assertThat(hearing.isAnySilent()).isFalse();

        hearing.beat("here", nowMs);
        lookUntil(SILENT_AFTER_MS + 1);
        assertThat(hearing.isSilent("there")).isTrue();
        assertThat(hearing.heard(NODES)).containsExactlyInAnyOrder("here", "old");

        hearing.beat("there", nowMs);
        assertThat(hearing.isAnySilent()).isFalse();
        assertThat(hearing.heard(NODES)).isEqualTo(NODES);
    }

    @Test
    void whoNeverBeatIsNotSilent() {
        lookUntil(10 * SILENT_AFTER_MS);
        assertThat(hearing.isSilent("old")).isFalse();
    }

    @Test
    void whoLeftTheClusterIsForgotten() {
        hearing.beat("there", 0);
        lookUntil(SILENT_AFTER_MS + 1);
        hearing.look(Set.of("here"), ++nowMs);
        assertThat(hearing.isSilent("there")).isFalse();
    }

    /** What the others have said meanwhile is still to be read. */
    @Test
    void whoStoodStillBlamesNobody() {
        hearing.beat("there", 0);
        lookUntil(SILENT_AFTER_MS);
        nowMs += Standstill.LONG_MS;
        hearing.look(NODES, nowMs);
        lookUntil(nowMs + SILENT_AFTER_MS);
        assertThat(hearing.isAnySilent()).isFalse();
        lookUntil(nowMs + SILENT_AFTER_MS);
        assertThat(hearing.isSilent("there")).isTrue();
    }

    /** Looks often enough not to seem to stand still. */
    private void lookUntil(long endMs) {
        while (nowMs < endMs) {
            nowMs = Math.min(endMs, nowMs + Standstill.LONG_MS - 1);
            hearing.look(NODES, nowMs);
        }
    }
}
