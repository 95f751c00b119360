package io.continuo.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandstillTest {
    private final Standstill standstill = new Standstill(0);

    @Test
    void whoLooksOftenEnoughDoesNotStandStill() {
        for (long nowMs = Standstill.LONG_MS - 1; nowMs < 20_000; nowMs += Standstill.LONG_MS - 1) {
            assertThat(standstill.isCatchingUp(nowMs)).isFalse();
        }
    }

    @Test
    void whoStoodStillIsCatchingUpForAWhile() {
        long wakesMs = Standstill.LONG_MS;
        assertThat(standstill.isCatchingUp(wakesMs)).isTrue();
        for (long nowMs = wakesMs + 1; nowMs < wakesMs + Standstill.CATCH_UP_MS; nowMs++) {
            assertThat(standstill.isCatchingUp(nowMs)).isTrue();
        }
        assertThat(standstill.isCatchingUp(wakesMs + Standstill.CATCH_UP_MS)).isFalse();
    }
}
