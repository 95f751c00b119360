package io.continuo.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final long LONG_MS = 500;

    private final Standstill standstill = new Standstill(LONG_MS, 0);

    @Test
    void whoLooksOftenEnoughDoesNotStandStill() {
        for (long nowMs = LONG_MS - 1; nowMs < 10_000; nowMs += LONG_MS - 1) {
            assertThat(standstill.isCatchingUp(nowMs)).isFalse();
        }
    }

    @Test
    void whoStoodStillIsCatchingUpForAWhile() {
        long wakesMs = LONG_MS;
        assertThat(standstill.isCatchingUp(wakesMs)).isTrue();
        for (long nowMs = wakesMs + 1; nowMs < wakesMs + Standstill.CATCH_UP_MS; nowMs++) {
            assertThat(standstill.isCatchingUp(nowMs)).isTrue();
        }
        assertThat(standstill.isCatchingUp(wakesMs + Standstill.CATCH_UP_MS)).isFalse();
    }
}
