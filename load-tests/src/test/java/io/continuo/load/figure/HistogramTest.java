package io.continuo.load.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void saysNothingOfNothing() {
        assertThat(histogram.millis(0.99)).isZero();
    }

    @Test
    void findsPercentiles() {
        for (int ms = 1; ms <= 1000; ms++) {
            histogram.record(ms * 1_000_000L);
        }

        assertThat(histogram.total()).isEqualTo(1000);
        assertThat(histogram.millis(0.5)).isCloseTo(500, Percentage.withPercentage(4));
        assertThat(histogram.millis(0.99)).isCloseTo(990, Percentage.withPercentage(4));
    }

    @Test
    void isAtMostThreePercentOffAtAnySize() {
        for (long nanos = 1; nanos < 1_000_000_000_000L; nanos = nanos * 5 / 3 + 1) {
            Histogram one = new Histogram();
            one.record(nanos);
            assertThat(one.millis(1)).isCloseTo(nanos / 1e6, within(nanos / 1e6 * 0.032));
        }
    }
}
