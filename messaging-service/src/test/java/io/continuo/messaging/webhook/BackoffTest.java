package io.continuo.messaging.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Random random = new Random(5);

    @Test
    void twiceAsLongEachTimeUpToTwoMinutes() {
        for (int attempt = 1; attempt <= 8; attempt++) {
            long full = 500L << (attempt - 1);
            assertThat(Backoff.afterMs(attempt, random)).isBetween(full / 2, full);
        }
        assertThat(Backoff.afterMs(9, random)).isBetween(60_000L, 120_000L);
        assertThat(Backoff.afterMs(Integer.MAX_VALUE, random)).isBetween(60_000L, 120_000L);
    }

    @Test
    void neverQuiteTheSame() {
        assertThat(random.longs(20)
                        .map(any -> Backoff.afterMs(10, random))
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }
}
