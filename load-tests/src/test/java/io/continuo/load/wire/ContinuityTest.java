package io.continuo.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContinuityTest {
    private final Continuity continuity = new Continuity();

    @Test
    void findsNoFaultInADenseSequence() {
        received(1, 2, 3);

        assertFaults(0, 0, 0);
        assertThat(continuity.position()).isEqualTo("1003-3");
    }

    @Test
    void countsWhatIsMissing() {
        received(1, 4);

        assertFaults(2, 0, 0);
    }

    @Test
    void countsWhatComesAgain() {
        received(1, 2, 2, 1, 3);

        assertFaults(0, 2, 0);
    }

    @Test
    void tellsLateFromLost() {
        received(1, 3, 2, 4);

        assertFaults(0, 0, 1);
        assertThat(continuity.position()).isEqualTo("1004-4");
    }

    private void received(long... sequence) {
        for (long seq : sequence) {
            continuity.received(1000 + seq, seq);
        }
    }

    private void assertFaults(int lost, int doubled, int disordered) {
        assertThat(continuity.lost()).isEqualTo(lost);
        assertThat(continuity.doubled()).isEqualTo(doubled);
        assertThat(continuity.disordered()).isEqualTo(disordered);
    }
}
