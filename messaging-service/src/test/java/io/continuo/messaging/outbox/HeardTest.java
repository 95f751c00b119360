package io.continuo.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeardTest {
    private static final long SECOND = 1_000L * OutboxStore.PARTS_OF_MS;

    private final Heard heard = new Heard();

    @Test
    void tellsWhoHasHeardOfWhatCameAfterAStamp() {
        heard.note("ines", 10);
        heard.note("omar", 11);
        heard.note("vera", 12);
        heard.note("ines", 13);
        assertThat(heard.after(11)).containsExactly("vera", "ines");
        heard.forgetAfter(11);
        assertThat(heard.after(0)).containsExactly("omar");
    }

    @Test
    void keepsAMinuteAndNoMoreThanSoMany() {
        heard.note("ines", SECOND);
        heard.note("omar", 61 * SECOND);
        assertThat(heard.after(0)).containsExactly("ines", "omar");
        heard.note("omar", 61 * SECOND + 1);
        assertThat(heard.after(0)).containsExactly("omar");
        IntStream.range(0, 20_000).forEach(i -> heard.note("user" + i, 62 * SECOND));
        assertThat(heard.after(0)).hasSize(10_000).contains("user19999");
    }
}
